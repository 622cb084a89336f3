"""Photographs and scans of signed papers: they file themselves by their code, others wait to be assigned by hand."""

from django.db import transaction

from hoithao.choices import Sort, Status
from hoithao.models import Meeting, Scan
from hoithao.papercodes import read_code
from hoithao.services.attendance import take_roll
from hoithao.services.contributions import add_contribution
from hoithao.services.meetings import changing, locked, open_meeting, save_text, set_read_back
from hoithao.services.votes import log_vote
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.files.keeping import keep_file

HOLDER = "scan"
ALLOWED = ("jpg", "png", "pdf")
MOST_FILES = 30
BY_HAND = "Ý kiến ghi trong biên bản viết tay kèm theo."


def meeting_of_code(code: str, meetings) -> tuple[Meeting | None, str]:
    """The one meeting among `meetings` that the code names, and the sheet; (None, "") for no code or no such meeting."""
    read = read_code(code)
    if read is None:
        return None, ""
    low, high, sheet = read
    found = list(meetings.filter(client_key__range=(low, high)).select_related("organisation")[:2])
    return (found[0], sheet) if len(found) == 1 else (None, "")


@transaction.atomic
def file_scan(checked, *, by, organisation, meetings, is_synthetic=False) -> Scan:
    """Keep a checked picture or PDF. `meetings` are those the sender may file papers of; others count as unknown.

    After the minutes are locked a scan is kept beside them, but the list of annexes under the seal no longer changes.
    """
    meeting, code, sheet = None, "", ""
    for text in checked.codes:
        found, which = meeting_of_code(text, meetings)
        if found is not None:
            meeting, code, sheet = found, text.strip()[:40], which
            break
    owner = meeting.organisation if meeting else organisation
    stored = keep_file(checked, holder=HOLDER, path=owner.path, by=by, is_synthetic=is_synthetic)
    scan = Scan.objects.create(
        organisation=owner, meeting=meeting, file=stored, code=code, sheet=sheet, by_code=meeting is not None, is_synthetic=is_synthetic,
    )  # fmt: skip
    if meeting and meeting.status == Status.OPEN:
        changing(meeting)  # a new annex: what was read back before no longer holds
    record("scan.filed", scan, by=by, path=owner.path, by_code=scan.by_code, meeting=meeting.pk if meeting else None)
    return scan


@transaction.atomic
def assign_scan(scan: Scan, meeting: Meeting, *, by) -> Scan:
    """Put a scan without a readable code to its meeting by hand; one that is an annex under a seal stays."""
    scan = Scan.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=scan.pk)
    if scan.meeting_id and scan.meeting.is_closed and scan.meeting_id != meeting.pk:
        raise RuleBroken("Bản chụp này là phụ lục của biên bản đã khóa, không chuyển được.")
    if meeting.organisation_id != scan.organisation_id:
        raise RuleBroken("Bản chụp thuộc chi bộ khác. Chọn buổi họp của chi bộ ấy.", field="meeting")
    if meeting.status == Status.OPEN:
        changing(meeting)
    scan.meeting, scan.by_code = meeting, False
    scan.save(update_fields=["meeting", "by_code", "updated_at"])
    record("scan.assigned", scan, by=by, path=scan.path, meeting=meeting.pk)
    return scan


@transaction.atomic
def enter_counts(
    meeting, *, by, chair, secretary, began_at, ended_at, absent, in_favour, against, blank, subject, speakers=(), conclusion=""
) -> Meeting:  # fmt: skip
    """What a handwritten meeting counts: officers, hours, who was absent and why, the vote, who spoke.

    `absent` is {member id: (mark, reason)}. Raises RuleBroken where no signed paper was filed: the words live there.
    """
    meeting = locked(meeting)
    if not meeting.scans.exists():
        raise RuleBroken("Chưa có bản chụp biên bản viết tay của buổi này. Gửi ảnh trước, rồi nhập số.")
    if meeting.status not in (Status.PLANNED, Status.OPEN):
        raise RuleBroken("Biên bản đã khóa. Muốn sửa phải ghi đính chính.")
    if meeting.status == Status.OPEN and (meeting.contributions.exists() or meeting.votes.exists()):
        raise RuleBroken("Buổi này đã ghi từng bước trên máy. Ghi tiếp ở đó để không ghi hai lần.")
    if ended_at <= began_at:
        raise RuleBroken("Giờ kết thúc phải sau giờ bắt đầu.", field="ended")
    meeting = open_meeting(meeting, by=by, chair=chair, secretary=secretary, at=began_at)
    take_roll(meeting, {pk: (mark, reason, "") for pk, (mark, reason) in absent.items()}, by=by)
    for member in speakers:
        add_contribution(meeting, by=by, member=member, text=BY_HAND, sort=Sort.OPINION)
    if in_favour is not None:
        log_vote(meeting, by=by, subject=subject, in_favour=in_favour, against=against or 0, blank=blank or 0)
    save_text(meeting, "conclusion", conclusion, seen=meeting.conclusion, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(ended_at=ended_at)
    meeting.refresh_from_db()
    set_read_back(meeting, True, by=by)
    record("meeting.entered_from_paper", meeting, by=by, absent=len(absent), speakers=len(list(speakers)))
    return meeting
