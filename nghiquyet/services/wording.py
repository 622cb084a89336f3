"""Biên tập kỹ thuật: words put right between the vote and the signature, each change recorded with its reason.

resolutions.md 3.3: the final text equals the voted text and the recorded edits. Spelling, punctuation and references may
be put right; a figure, a day or a percentage is substance, and substance goes back to the vote.
"""

import re
from collections import Counter

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text
from nghiquyet.choices import Status
from nghiquyet.comparing import word_diff
from nghiquyet.models import Clause, WordingEdit
from nghiquyet.services.drafting import locked
from nghiquyet.services.parts import parts_of

_GROUPED = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")  # the points of 1.234.500


def numbers_in(text: str) -> Counter:
    """The whole numbers a text names, however they are padded or grouped.

    >>> numbers_in("trước ngày 03/2, đạt 1.200 lượt") == numbers_in("đạt 1200 lượt trước ngày 3/02")
    True
    """
    return Counter(int(found) for found in re.findall(r"[0-9]+", _GROUPED.sub("", text)))


def refuse_other_numbers(before: str, after: str) -> None:
    """Raise RuleBroken where the words name other figures than those voted."""
    gone, come = numbers_in(before) - numbers_in(after), numbers_in(after) - numbers_in(before)
    if gone or come:
        named = ", ".join(str(number) for number in sorted({**gone, **come}))
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


@transaction.atomic
def edit_wording(clause, *, by, heading="", text="", why="", seen=None) -> WordingEdit:
    """Put the words of one part right after the vote; what stood and what stands are kept, with who, when and why."""
    resolution = locked(clause.resolution)
    if resolution.status != Status.ADOPTED:
        raise RuleBroken(
            "Chỉ biên tập kỹ thuật nghị quyết đã thông qua, chưa trình ký. "
            + ("Đã trình ký thì trả về dự thảo." if resolution.status == Status.SIGNING else "Dự thảo thì sửa thẳng lời văn.")
            if resolution.status != Status.ISSUED
            else "Nghị quyết đã ban hành. Muốn sửa phải ra văn bản khác."
        )  # fmt: skip
    clause = Clause.objects.select_for_update().get(pk=clause.pk)
    heading, text, why = clean_line(heading), clean_text(text), clean_text(why)
    if seen is not None and clean_text(seen) != clean_text(f"{clause.heading}\n{clause.text}"):
        raise Conflict("Có người vừa sửa phần này. Đọc lại lời văn mới rồi ghi.", theirs=clause.text, field="text")
    if (heading, text) == (clause.heading, clause.text):
        raise RuleBroken("Lời văn chưa đổi chữ nào.", field="text")
    if bool(heading) != bool(clause.heading) or bool(text) != bool(clause.text):
        raise RuleBroken("Biên tập kỹ thuật không thêm, không bỏ tiêu đề hay cả đoạn. Muốn vậy thì trả về dự thảo.", field="text")  # fmt: skip
    if not why:
        raise RuleBroken("Ghi một câu: sửa gì, vì sao.", field="why")
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


def edits_since_vote(resolution) -> list[WordingEdit]:
    """The recorded edits of the text that was voted, each with its words compared (`words`)."""
    vote = vote_of(resolution)
    edits = list(resolution.wording_edits.filter(vote=vote).select_related("by")) if vote else []
    for edit in edits:
        edit.words = word_diff(
            "\n".join(filter(None, [edit.heading_before, edit.text_before])),
            "\n".join(filter(None, [edit.heading_after, edit.text_after])),
        )
    return edits


def with_edits(parts: list[dict], edits) -> list[dict]:
    """The voted parts with the recorded edits laid over them, in their order."""
    newest = {edit.clause_key: edit for edit in edits}
    return [
        {**part, "heading": newest[part["clause"]].heading_after, "text": newest[part["clause"]].text_after}
        if part["clause"] in newest else part
        for part in parts
    ]  # fmt: skip
