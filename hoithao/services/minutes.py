"""Close a meeting: check what is missing, freeze the minutes, keep the counts; and add corrections later."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from chibo.figures import term_on
from hoithao.choices import Mark, Status
from hoithao.models import Addendum, Meeting, Minutes
from hoithao.rules import count_roll
from hoithao.services.attendance import item_figures, line_of, roll_of
from hoithao.services.meetings import locked
from hoithao.services.probation import pass_on_votes
from hoithao.services.tallies import recount
from kyanh_portal.audit.record import in_one_insert, record
from kyanh_portal.base.calendar import now
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.documents.issuing import issue
from kyanh_portal.documents.kinds import kinds


def missing_of(meeting, roll, agenda, votes, ballots=None) -> list[tuple[str, str]]:
    """What still keeps the meeting from closing, as (step, sentence) pairs: officers, roll, votes, conclusion, reading.

    `ballots` are the secret ballots whose counting minutes are open, where the caller knows them.
    """
    missing = []
    if meeting.status == Status.PLANNED:
        missing.append(("khai-mac", "Chưa khai mạc."))
    if not meeting.chair_label:
        missing.append(("khai-mac", "Chưa chọn người chủ trì."))
    if not meeting.secretary_label:
        missing.append(("khai-mac", "Chưa chọn người ghi biên bản."))
    if meeting.chair_id and meeting.chair_id == meeting.secretary_id:
        missing.append(("khai-mac", "Người chủ trì và người ghi biên bản phải là hai đồng chí khác nhau."))
    if roll:
        figures = count_roll(line_of(row) for row in roll)
        if meeting.roll_taken_at is None or figures.unmarked:
            missing.append(("diem-danh", f"Chưa điểm danh: còn {figures.unmarked or len(roll)} đồng chí chưa ghi."))
        officers = {meeting.chair_id: "chủ trì", meeting.secretary_id: "ghi biên bản"}
        for row in roll:
            if row.member_id in officers and row.mark in (Mark.EXCUSED, Mark.UNEXCUSED):
                what = f"{row.member.full_name} {officers[row.member_id]} mà điểm danh ghi vắng"
                missing.append(("khai-mac", f"Đồng chí {what}. Chọn người có mặt, hoặc sửa điểm danh."))
            if row.mark == Mark.EXCUSED and not row.reason:
                missing.append(("diem-danh", f"Đồng chí {row.member.full_name} vắng có lý do nhưng chưa chọn lý do."))
        for vote in votes:
            mine = item_figures(roll, vote) if vote.conflicted or vote.left_early else figures
            if vote.in_favour + vote.against + vote.blank > mine.vote_present or vote.base != mine.vote_base:
                missing.append(("bieu-quyet", f"Biểu quyết “{vote.subject}” không khớp điểm danh. Ghi lại số phiếu."))
    elif meeting.organisation.kind.is_cell:
        missing.append(("diem-danh", "Chi bộ chưa có đảng viên nào trong danh sách."))
    if ballots is None:
        ballots = meeting.ballots.filter(document__isnull=True) if meeting.pk else []
    for ballot in ballots:
        what = "chưa chốt biên bản kiểm phiếu" if ballot.is_counted else "chưa kiểm phiếu"
        missing.append(("bieu-quyet", f"Phiếu kín “{ballot.subject}”: {what}."))
    if not agenda:
        missing.append(("noi-dung", "Chưa có chương trình."))
    if not meeting.conclusion.strip():
        missing.append(("ket-luan", "Chưa ghi kết luận của người chủ trì."))
    if not meeting.read_back:
        missing.append(("doc-lai", "Chưa đọc lại biên bản, hoặc đã sửa sau khi đọc. Đọc lại để mọi người nhất trí."))
    return missing


def refuse_missing(meeting, missing: list[tuple[str, str]]) -> None:
    """Raise RuleBroken with each missing thing and the address of its step."""
    if missing:
        links = [(sentence, reverse("hoithao:run", args=[meeting.pk, step])) for step, sentence in missing]
        raise RuleBroken(f"Chưa khóa được biên bản: còn {len(missing)} việc.", missing=links)


def check_times(meeting, ended_at: dt.datetime) -> None:
    """The end comes after the beginning, not in the future, and within a day."""
    if meeting.opened_at and ended_at <= meeting.opened_at:
        raise RuleBroken("Giờ kết thúc phải sau giờ bắt đầu.", field="ended_at")
    if ended_at > timezone.now() + dt.timedelta(minutes=5):
        raise RuleBroken("Giờ kết thúc chưa đến.", field="ended_at")
    if meeting.opened_at and ended_at - meeting.opened_at > dt.timedelta(hours=24):
        raise RuleBroken("Cuộc họp dài hơn một ngày. Kiểm tra lại giờ bắt đầu và giờ kết thúc.", field="ended_at")


@transaction.atomic
def close_meeting(meeting, *, by, ended_at=None) -> Minutes:
    """Lock the minutes. Refused with the list of what is missing; asked twice, the first minutes answer."""
    meeting = locked(meeting)
    if meeting.status == Status.CLOSED:
        return meeting.minutes
    if meeting.status == Status.CANCELLED:
        raise RuleBroken("Buổi này đã ghi là không họp.")
    roll, agenda, votes = roll_of(meeting), list(meeting.agenda.select_related("presenter")), list(meeting.votes.all())
    refuse_missing(meeting, missing_of(meeting, roll, agenda, votes))
    ended_at = ended_at or meeting.ended_at or now()
    check_times(meeting, ended_at)
    meeting.ended_at = ended_at
    contributions = list(meeting.contributions.select_related("member"))
    minutes = freeze(meeting, by=by, roll=roll, agenda=agenda, contributions=contributions, votes=votes)
    recount(meeting.organisation, meeting.month)
    return minutes


def freeze(meeting, *, by, roll, agenda, contributions, votes, term=None, **known) -> Minutes:
    """Issue the minutes and close the meeting: number, content, hash, state — in the caller's transaction.

    `known` spares the composer look-ups (see documents.minutes.compose).
    """
    figures = count_roll(line_of(row) for row in roll)
    organisation = meeting.organisation
    term = term or term_on(organisation, meeting.held_on)
    content = kinds.get("minutes").compose(
        meeting, roll=roll, agenda=agenda, contributions=contributions, votes=votes, **known
    )
    takes_number = organisation.kind.numbers_minutes
    with in_one_insert():
        document = issue(
            content if takes_number else content.final(), meeting, by=by, issuer=organisation.issuer_key,
            period=term.period_key, path=organisation.path, takes_number=takes_number,
        )  # fmt: skip
        minutes = Minutes.objects.create(meeting=meeting, document=document, figures=figures.as_json(), locked_by=by)
        Meeting.objects.filter(pk=meeting.pk).update(
            status=Status.CLOSED, ended_at=meeting.ended_at, opened_at=meeting.opened_at, updated_at=timezone.now()
        )
        meeting.status = Status.CLOSED
        record("meeting.closed", meeting, by=by, document=document.pk, present=figures.present, base=figures.base)
        pass_on_votes(meeting, votes, document, by=by)
    return minutes


@transaction.atomic
def add_addendum(minutes, *, by, reason, text) -> Addendum:
    """Correct locked minutes by a numbered addendum with its reason; the minutes themselves stay as they are."""
    reason, text = clean_line(reason), clean_text(text)
    if not reason:
        raise RuleBroken("Ghi một câu: sai ở đâu, vì sao.", field="reason")
    if not text:
        raise RuleBroken("Ghi nội dung đúng, thay cho chỗ sai.", field="text")
    locked(minutes.meeting)  # one addendum at a time
    organisation = minutes.meeting.organisation
    number = (minutes.addenda.aggregate(last=Max("number"))["last"] or 0) + 1
    addendum = Addendum(
        minutes=minutes, number=number, reason=reason[:500], text=text, added_by=by, added_at=timezone.now()
    )
    document = issue(
        kinds.get("addendum").compose(addendum), minutes.meeting, by=by, issuer=organisation.issuer_key,
        period=minutes.document.period, path=organisation.path, takes_number=False, amends=minutes.document,
    )  # fmt: skip
    addendum.document = document
    addendum.save()
    record("minutes.addendum_added", minutes.meeting, by=by, number=number)
    return addendum
