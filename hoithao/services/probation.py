"""Votes of the cell about a probationary member: the locked paper is what the member's page shows (294-QĐ/TW 4.2, 9.3.4)."""

from chibo.choices import RecognitionMatter
from chibo.services.recognition import check_subject, take_from_minutes
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken

MATTERS = {"CONG_NHAN": RecognitionMatter.RECOGNISE, "XOA_TEN": RecognitionMatter.REMOVE}


def check_about(meeting, decision, about) -> None:
    """Refuse, at the field `about`, a vote about somebody the cell cannot vote on that day."""
    if about is None:
        return
    if decision is None or decision.code not in MATTERS:
        raise RuleBroken("Chỉ chọn đồng chí dự bị khi loại việc là công nhận chính thức hoặc xóa tên. Chọn lại loại việc, hoặc để trống ô này.", field="about")  # fmt: skip
    if about.organisation_id != meeting.organisation_id:
        raise RuleBroken("Đồng chí này không thuộc chi bộ đang họp. Chọn lại.", field="about")
    try:
        check_subject(about, MATTERS[decision.code], meeting.held_on)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="about") from broken


def pass_on_votes(meeting, votes, document, *, by) -> None:
    """With the minutes locked, their votes by show of hands stand in the register."""
    number = document.number_line.replace("Số", "số", 1)
    paper = f"Biên bản {number}, {vn_date(meeting.held_on)}" if number else f"Biên bản buổi họp ngày {vn_date(meeting.held_on)}"  # fmt: skip
    for one in votes:
        if one.about_id and one.decision.code in MATTERS:
            take_from_minutes(one.about, MATTERS[one.decision.code], meeting.held_on, one.base, one.in_favour, paper, by=by)  # fmt: skip


def pass_on_ballot(ballot, *, by) -> None:
    """With the counting minutes locked, the secret ballot stands in the register."""
    if ballot.decision.code not in MATTERS:
        return
    day = ballot.meeting.held_on
    for line in ballot.lines.filter(member__isnull=False).select_related("member"):
        take_from_minutes(line.member, MATTERS[ballot.decision.code], day, ballot.base, line.in_favour, f"Biên bản kiểm phiếu, buổi họp ngày {vn_date(day)}", by=by)  # fmt: skip
