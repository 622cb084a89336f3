"""Biên tập kỹ thuật: words put right between the vote and the signature, each change recorded with its reason.

resolutions.md 3.3: the final text equals the voted text and the recorded edits. Spelling, punctuation and references may
be put right; a figure, a day or a percentage is substance, and substance goes back to the vote. A machine sees figures, not
meaning: in a committee a second person reads each edit and says that the meaning stays (`check_edit`).
"""

import re
from collections import Counter

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text
from nghiquyet.choices import Frame, Status
from nghiquyet.comparing import word_diff
from nghiquyet.models import Clause, WordingCheck, WordingEdit
from nghiquyet.rules import clean_title
from nghiquyet.services.drafting import locked
from nghiquyet.services.parts import parts_of

LONGEST = 200  # letters of a sentence that go to the numbers changed
_GROUPED = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")  # the points of 1.234.500


def numbers_in(text: str) -> Counter:
    """The whole numbers a text names, however they are padded or grouped.

    >>> numbers_in("trước ngày 03/2, đạt 1.200 lượt") == numbers_in("đạt 1200 lượt trước ngày 3/02")
    True
    """
    return Counter(found.lstrip("0") or "0" for found in re.findall(r"[0-9]+", _GROUPED.sub("", text)))


def refuse_other_numbers(before: str, after: str) -> None:
    """Raise RuleBroken where the words name other figures than those voted."""
    gone, come = numbers_in(before) - numbers_in(after), numbers_in(after) - numbers_in(before)
    if gone or come:
        named = ", ".join(sorted({**gone, **come}, key=lambda number: (len(number), number)))
        named = f"{named[:LONGEST]}…" if len(named) > LONGEST else named
        raise RuleBroken(
            f"Con số thay đổi ({named}): đó là nội dung đã biểu quyết, không phải biên tập kỹ thuật. Muốn đổi thì trả về"
            " dự thảo và biểu quyết lại.", field="text",
        )  # fmt: skip


def vote_of(resolution):
    """The vote by which the text stands as it is."""
    return resolution.votes.filter(passed=True).last()


def label_of(resolution, clause) -> str:
    """What people call the part: Khoản 1, phần 2."""
    return next(part["label"] for part in parts_of(resolution) if part["clause"] == clause.pk)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def editable(resolution):
    """The resolution under a lock, refused unless it waits between vote and signature."""
    resolution = locked(resolution)
    if resolution.status != Status.ADOPTED:
        raise RuleBroken(
            "Chỉ biên tập kỹ thuật nghị quyết đã thông qua, chưa trình ký. "
            + ("Đã trình ký thì trả về dự thảo." if resolution.status == Status.SIGNING else "Dự thảo thì sửa thẳng lời văn.")
            if resolution.status != Status.ISSUED
            else "Nghị quyết đã ban hành. Muốn sửa phải ra văn bản khác."
        )  # fmt: skip
    return resolution


def _refuse_unlike(before: str, after: str, *, seen, why: str) -> None:
    """Raise where the page was old, nothing changed, or no reason stands."""
    if seen is not None and clean_text(seen) != clean_text(before):
        raise Conflict("Có người vừa sửa chỗ này. Đọc lại lời văn mới rồi ghi.", theirs=before, field="text")
    if after == before:
        raise RuleBroken("Lời văn chưa đổi chữ nào.", field="text")
    if not why:
        raise RuleBroken("Ghi một câu: sửa gì, vì sao.", field="why")


@transaction.atomic
def edit_wording(clause, *, by, heading="", text="", why="", seen=None) -> WordingEdit:
    """Put the words of one part right after the vote; what stood and what stands are kept, with who, when and why."""
    resolution = editable(clause.resolution)
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    heading, text, why = clean_line(heading), clean_text(text), clean_text(why)
    _refuse_unlike(f"{clause.heading}\n{clause.text}", f"{heading}\n{text}", seen=seen, why=why)
    if bool(heading) != bool(clause.heading) or bool(text) != bool(clause.text):
        raise RuleBroken("Biên tập kỹ thuật không thêm, không bỏ tiêu đề hay cả đoạn. Muốn vậy thì trả về dự thảo.", field="text")  # fmt: skip
    for name, words in (("heading", heading), ("text", text), ("why", why)):
        refuse_stamp(words, field=name)
    refuse_other_numbers(f"{clause.heading}\n{clause.text}", f"{heading}\n{text}")
    done = WordingEdit.objects.create(
        resolution=resolution, clause_key=clause.pk, label=label_of(resolution, clause), vote=vote_of(resolution), why=why,
        by=by, heading_before=clause.heading, text_before=clause.text, heading_after=heading, text_after=text,
    )  # fmt: skip
    clause.heading, clause.text = heading, text
    clause.save(update_fields=["heading", "text"])
    record("resolution.wording_edited", resolution, by=by, clause=clause.pk)
    return done


@transaction.atomic
def edit_frame(resolution, frame: str, *, by, text="", why="", seen=None) -> WordingEdit:
    """Put title, grounds, opening or recipients right after the vote, kept like an edit of a part.

    Title and opening name no other figure than those voted. A ground may have its number or day put right (a citation), but
    grounds are neither added nor dropped. Recipients are the office's matter: lines may come and go, the last one says
    where the paper is kept.
    """
    resolution = editable(resolution)
    frame = Frame(frame)
    before = getattr(resolution, frame)
    text = clean_title(text) if frame == Frame.TITLE else clean_text(text)
    why = clean_text(why)
    _refuse_unlike(before, text, seen=seen, why=why)
    if not text or not before:
        raise RuleBroken(
            f"Biên tập kỹ thuật không thêm mới, không bỏ cả {frame.label.lower()}. Muốn vậy thì trả về dự thảo.", field="text"
        )  # fmt: skip
    if frame == Frame.TITLE and len(text) > 300:
        raise RuleBroken(f"Trích yếu dài {len(text)} chữ, nhiều nhất 300. Viết gọn lại.", field="text")
    for name, words in (("text", text), ("why", why)):
        refuse_stamp(words, field=name)
    if frame in (Frame.TITLE, Frame.PREAMBLE):
        refuse_other_numbers(before, text)
    elif frame == Frame.BASES and len(_lines(before)) != len(_lines(text)):
        raise RuleBroken(
            f"Đã biểu quyết {len(_lines(before))} căn cứ, nay còn {len(_lines(text))}. Thêm hay bỏ căn cứ là nội dung: trả về dự"
            " thảo và biểu quyết lại.", field="text",
        )  # fmt: skip
    elif frame == Frame.RECIPIENTS and not _lines(text)[-1].lstrip("- ").startswith("Lưu"):
        raise RuleBroken("Dòng cuối là nơi lưu, ví dụ: Lưu Văn phòng Thị ủy.", field="text")
    done = WordingEdit.objects.create(
        resolution=resolution, frame=frame, label=frame.label, vote=vote_of(resolution), why=why, by=by, text_before=before,
        text_after=text,
    )  # fmt: skip
    setattr(resolution, frame, text)
    resolution.save()
    record("resolution.wording_edited", resolution, by=by, frame=frame.value)
    return done


@transaction.atomic
def check_edit(edit, *, by, agrees: bool, note="") -> WordingCheck:
    """A second person's word on an edit. Not agreed: the words go back to what stood, and the reason stays on record."""
    resolution = editable(edit.resolution)
    if by is not None and by.pk == edit.by_id:
        raise RuleBroken("Người sửa không tự xác nhận chỗ mình sửa. Nhờ người khác đọc lại.")
    later = resolution.wording_edits.filter(
        vote=edit.vote, clause_key=edit.clause_key, frame=edit.frame, pk__gt=edit.pk
    )
    if edit.vote_id != getattr(vote_of(resolution), "pk", None):
        raise RuleBroken("Chỗ sửa này thuộc lần biểu quyết trước, không còn tính.")
    if WordingCheck.objects.filter(edit=edit).exists():
        raise RuleBroken("Chỗ sửa này đã có người xác nhận. Tải lại trang để xem.")
    if not agrees and later.exclude(check_of__agrees=False).exists():
        raise RuleBroken("Chỗ này đã được sửa tiếp. Xem xét chỗ sửa sau cùng trước.", field="agrees")
    note = clean_text(note)
    if not agrees and not note:
        raise RuleBroken("Ghi một câu: nghĩa đổi thế nào.", field="note")
    refuse_stamp(note, field="note")
    done = WordingCheck.objects.create(edit=edit, agrees=agrees, note=note, by=by)
    if not agrees:
        _put_back(resolution, edit)
    record("resolution.wording_checked", resolution, by=by, edit=edit.pk, agrees=agrees)
    return done


def _put_back(resolution, edit) -> None:
    if edit.frame:
        setattr(resolution, edit.frame, edit.text_before)
        resolution.save()
    else:
        Clause.objects.filter(pk=edit.clause_key).update(heading=edit.heading_before, text=edit.text_before)


def edits_since_vote(resolution) -> list[WordingEdit]:
    """The recorded edits of the text that was voted, each with its words compared (`words`) and its check (`check`)."""
    vote = vote_of(resolution)
    edits = list(resolution.wording_edits.filter(vote=vote).select_related("by", "check_of__by")) if vote else []
    for edit in edits:
        edit.check = getattr(edit, "check_of", None)
        edit.words = word_diff(
            "\n".join(filter(None, [edit.heading_before, edit.text_before])),
            "\n".join(filter(None, [edit.heading_after, edit.text_after])),
        )
    return edits


def unchecked(resolution) -> list[WordingEdit]:
    """Edits on which no second person has spoken yet. A cell has no second desk: its secretary answers alone."""
    if resolution.organisation.is_cell:
        return []
    return [edit for edit in edits_since_vote(resolution) if edit.check is None]


def standing(edits) -> dict:
    """Place → the newest edit that was not turned down."""
    return {edit.place: edit for edit in edits if edit.check is None or edit.check.agrees}


def with_edits(parts: list[dict], edits) -> list[dict]:
    """The voted parts with the recorded edits laid over them, in their order."""
    newest = standing(edits)
    return [
        {**part, "heading": newest[part["clause"]].heading_after, "text": newest[part["clause"]].text_after}
        if part["clause"] in newest else part
        for part in parts
    ]  # fmt: skip


def frame_with_edits(title: str, frame: dict, edits) -> dict:
    """The voted title and frame with the recorded edits laid over them."""
    newest = standing(edits)
    return {
        name: newest[name].text_after if name in newest else text
        for name, text in {Frame.TITLE: title, **frame}.items()
    }
