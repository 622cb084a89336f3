"""Biên bản: the minutes of a meeting, and the addendum that corrects them."""

from django.utils import timezone

from hoithao.choices import KindCode
from hoithao.documents.annexes import annex_blocks
from hoithao.documents.ballot_sentences import sentences
from hoithao.documents.score_table import late_blocks, score_blocks
from hoithao.documents.tasks import results_table, tasks_table
from hoithao.documents.workshop_minutes import concluded, papers_heard, remarks_made
from hoithao.frames import findings, frame_for, frame_of_day
from hoithao.models import Addendum, Meeting
from hoithao.rules import count_roll, delegates_words, roll_sentences, vote_sentence
from hoithao.services.attendance import line_of, roll_of
from kyanh_portal.base.calendar import vn_date, vn_date_long, vn_time
from kyanh_portal.documents.content import Heading, OfficialDocument, Paragraph, Said, Signature
from kyanh_portal.documents.kinds import add_kind

RECORDER, CHAIR = "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ"  # HD05 II.I.7.1.4e
CONFIRMS = Signature(authority="T/L BAN THƯỜNG VỤ", position="CHÁNH VĂN PHÒNG")  # a chair without a seal, II.I.7.2.4

CALLED = {KindCode.CELL_COMMITTEE: "chi uỷ viên"}  # who is on the roll, where it is not the members of the cell


def frame(organisation) -> dict:
    """Letterhead and symbols of the issuing body."""
    return {
        "superior_name": organisation.header_superior,
        "issuer_name": organisation.header_name,
        "issuer_symbol": organisation.document_symbol,
        "place": organisation.place_name,
    }


def summary_of(meeting) -> str:
    """The line under BIÊN BẢN, from the kind's pattern."""
    unit = "chi bộ" if meeting.organisation.kind.is_cell else "đảng bộ"
    text = meeting.kind.summary.format(
        period=meeting.period, theme=meeting.theme, unit=meeting.organisation.name, unit_kind=unit
    )
    return text.strip().rstrip(".")


def recipients_of(organisation) -> tuple[str, ...]:
    """Upward to the committee that leads the body, and to the file (HD05 II.I.9)."""
    superior = organisation.parent
    upward = (f"{committee_name(superior.name)} (để báo cáo)",) if superior and not superior.is_cell else ()
    return (*upward, organisation.kind.files_at or "Lưu Chi bộ")


def committee_name(name: str) -> str:
    """The committee of a Party organisation, in the spelling of the guide: Đảng bộ phường A → Đảng uỷ phường A."""
    name = f"Đảng uỷ {name[len('Đảng bộ ') :]}" if name.startswith("Đảng bộ ") else name
    return name.replace("ủy", "uỷ").replace("Ủy", "Uỷ")


def compose(
    meeting: Meeting, *, roll=None, agenda=None, contributions=None, votes=None,
    is_bare=False, is_scored=True, books=None,
) -> OfficialDocument:  # fmt: skip
    """The minutes as they read now; the lists may be given by who has them already.

    `is_bare` tells that the meeting was made in this very transaction from those lists, so that no tasks, ballots or
    scans are asked for; `is_scored` False the same of its score. `books` are the frames in force, where read already.
    """
    roll = roll_of(meeting) if roll is None else roll
    agenda = list(meeting.agenda.all()) if agenda is None else agenda
    if contributions is None:
        contributions = list(meeting.contributions.select_related("member"))
    votes = list(meeting.votes.all()) if votes is None else votes
    results = [] if is_bare else results_table(meeting)
    body = [*_opening(meeting), *_present(meeting, roll), *_matters(meeting, agenda, results)]
    is_workshop = meeting.kind.code == KindCode.WORKSHOP and meeting.pk
    body += papers_heard(meeting) if is_workshop else []
    body += _discussion(contributions, remarks_made(meeting) if is_workshop else [])
    body += _conclusion(meeting, votes, [] if is_bare else tasks_table(meeting), [] if is_bare else sentences(meeting))
    late = [] if is_bare else late_blocks(meeting, votes)
    body += [
        *_quality(meeting, roll, is_scored, books),
        *late,
        _ending(meeting),
        *([] if is_bare else annex_blocks(meeting)),
    ]
    organisation = meeting.organisation
    return OfficialDocument(
        kind="minutes",
        type_name="BIÊN BẢN",
        type_symbol="BB",
        summary=summary_of(meeting),
        date=_closing_day(meeting),
        shows_number=organisation.kind.numbers_minutes,
        body=tuple(body),
        signature=Signature(authority=CHAIR, name=meeting.chair_label),
        left_signature=Signature(authority=RECORDER, name=meeting.secretary_label),
        confirmed_by=CONFIRMS if meeting.confirms_chair else None,
        recipients=recipients_of(organisation),
        draft="Dự thảo",
        is_synthetic=meeting.is_synthetic,
        **frame(organisation),
    )


def _opening(meeting):
    when = f"{vn_time(meeting.began_at)}, {vn_date_long(meeting.held_on)}"
    kind = "Cuộc họp là buổi sinh hoạt điểm." if meeting.is_model else ""
    return [Paragraph(f"Bắt đầu {when}, tại {meeting.place}. {kind}".strip())]


def _present(meeting, roll):
    lines = [line_of(row) for row in roll]
    blocks = [Heading("I- THÀNH PHẦN")]
    if lines:
        called = CALLED.get(meeting.kind.code, "đảng viên")
        first, *rest = roll_sentences(count_roll(lines), lines, called)
        blocks += [Paragraph(f"1. {called.capitalize()}: {first}"), *(Paragraph(sentence) for sentence in rest)]
    else:
        number = delegates_words(meeting) or "theo danh sách triệu tập"
        blocks.append(Paragraph(f"1. Đại biểu dự: {number}."))
    guests = [line for line in meeting.guests.split("\n") if line.strip()]
    blocks.append(Paragraph(f"2. Đại biểu mời: {'; '.join(guests) if guests else 'không'}."))
    blocks.append(Paragraph(f"3. Chủ trì: {_person(meeting.chair, meeting.chair_post)}."))
    blocks.append(Paragraph(f"4. Người ghi biên bản: {_person(meeting.secretary, meeting.secretary_post)}."))
    return blocks


def _person(member, post: str) -> str:
    return f"đồng chí {member}" if member else (post or "chưa ghi")


def _matters(meeting, agenda, results):
    blocks = [Heading("II- NỘI DUNG")]
    number = 0
    if meeting.fee_note:
        number += 1
        blocks.append(Paragraph(f"{number}. Tình hình nộp đảng phí: {meeting.fee_note.rstrip('.')}."))
    if meeting.documents_spread:
        number += 1
        blocks += [Heading(f"{number}. Văn bản được phổ biến", level=2), Paragraph(meeting.documents_spread)]
    blocks += results
    for item in agenda:
        number += 1
        presenter = f" (đồng chí {item.presenter} trình bày)" if item.presenter_id else ""
        blocks.append(Heading(f"{number}. {item.title}{presenter}", level=2))
        if item.presented:
            blocks.append(Paragraph(item.presented))
        if item.summed_up:
            blocks.append(Paragraph(f"Chủ trì tóm lại: {item.summed_up}"))
        if item.put_off:
            blocks.append(Paragraph(f"Nội dung này để sang buổi sau: {item.get_put_off_display().lower()}."))
    return blocks


def _discussion(contributions, remarks):
    blocks = [Heading("III- Ý KIẾN THẢO LUẬN"), *remarks]
    if not contributions and not remarks:
        return [*blocks, Paragraph("Không có ý kiến phát biểu.")]
    for said in contributions:
        kind = "" if said.sort == "GOP_Y" else f" ({said.get_sort_display().lower()})"
        blocks.append(Said(f"{said.speaker}{kind}", said.text))
    return blocks


def _conclusion(meeting, votes, tasks, ballots):
    blocks = [Heading("IV- KẾT LUẬN CỦA NGƯỜI CHỦ TRÌ" + (" VÀ BIỂU QUYẾT" if votes else ""))]
    if meeting.conclusion:
        blocks.append(Paragraph(meeting.conclusion))
    blocks += concluded(meeting) if meeting.pk and meeting.kind.code == KindCode.WORKSHOP else []
    blocks += tasks
    blocks += [
        Paragraph("Biểu quyết: " + vote_sentence(v.subject, v.in_favour, v.against, v.blank, v.base, v.threshold))
        for v in votes
    ]
    blocks += [Paragraph(sentence) for sentence in ballots]
    return blocks


def _quality(meeting, roll, is_scored=True, books=None):
    """The sitting held against the guide of its day, for kinds the guide judges; only what the numbers say."""
    if not meeting.kind.is_judged or not roll:
        return []
    figures = count_roll(line_of(row) for row in roll)
    book = frame_for(meeting, books) if is_scored else frame_of_day(meeting, books)
    found = findings(meeting, figures, meeting.length, book)
    if not found:
        return []
    sentences = ". ".join(one.sentence for one in found)
    heading, words = Heading("V- ĐÁNH GIÁ CHẤT LƯỢNG KỲ SINH HOẠT"), f"Theo {book.source}: {_lower(sentences)}."
    return [heading, Paragraph(words), *(score_blocks(meeting) if is_scored else [])]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _closing_day(meeting):
    """A paper bears the day on which the meeting ended."""
    return timezone.localtime(meeting.ended_at).date() if meeting.ended_at else meeting.held_on


def _ending(meeting):
    who = "chi bộ" if meeting.organisation.kind.is_cell and meeting.kind.code not in CALLED else "hội nghị"
    day = _closing_day(meeting)
    when = "cùng ngày" if day == meeting.held_on else vn_date_long(day)
    hour = vn_time(meeting.ended_at) if meeting.ended_at else "… giờ …"
    read = f"Biên bản đã được đọc lại, {who} nhất trí. " if meeting.read_back else ""
    return Paragraph(f"{read}Kết thúc {hour} {when}.")


def compose_addendum(addendum: Addendum) -> OfficialDocument:
    """A numbered correction: what it corrects, why, and the words that stand from now on."""
    meeting, original = addendum.minutes.meeting, addendum.minutes.document
    named = f" số {original.number_line[3:]}" if original.number_line else ""
    day = addendum.added_at.date() if addendum.added_at else None
    return OfficialDocument(
        kind="addendum",
        type_name="BIÊN BẢN",
        type_symbol="BB",
        summary=f"đính chính số {addendum.number:02d} của biên bản {original.title}"[:480],
        date=day or meeting.held_on,
        shows_number=False,
        body=(
            Paragraph(f"Đính chính Biên bản{named}, ngày {vn_date(original.dated)} {original.title}."),
            Heading("I- LÝ DO"),
            Paragraph(addendum.reason),
            Heading("II- NỘI DUNG ĐÍNH CHÍNH"),
            Paragraph(addendum.text),
            Paragraph("Các nội dung khác của biên bản giữ nguyên."),
        ),
        signature=Signature(authority=CHAIR, name=meeting.chair_label),
        left_signature=Signature(authority=RECORDER, name=meeting.secretary_label),
        recipients=recipients_of(meeting.organisation),
        is_synthetic=meeting.is_synthetic,
        **frame(meeting.organisation),
    )


add_kind("minutes", "Biên bản", Meeting, compose, "hoithao.see_meeting")
add_kind("addendum", "Đính chính biên bản", Addendum, compose_addendum, "hoithao.see_meetings")
