"""Workshops and resolutions in the states tests need, made by the services."""

import datetime as dt

from hoithao.models import MeetingKind
from hoithao.services.meetings import open_meeting, plan_meeting
from hoithao.services.workshop_record import propose
from hoithao.services.workshops import add_disagreement, add_paper, add_remark, conclude
from kyanh_portal.base.calendar import at_local, today
from nghiquyet.choices import Level, Signing, Status
from nghiquyet.services.comments import add_comment
from nghiquyet.services.drafting import draft_from_workshop, draft_resolution
from nghiquyet.services.incoming import keep_incoming
from nghiquyet.services.issuing import adopt_resolution, issue_resolution
from nghiquyet.services.moving import DOSSIER, move_resolution, tick_dossier
from nghiquyet.services.outgoing import write_paper
from nghiquyet.services.skeletons import Part
from nghiquyet.services.wording import edit_wording

HELD = dt.date(2020, 12, 18)


def workshop(world, points=3):
    meeting = plan_meeting(
        by=None, organisation=world.town, kind=MeetingKind.objects.get(code="HOI_THAO"), month=HELD,
        starts_at=at_local(HELD, 8), place="Hội trường", theme="nâng cao chất lượng sinh hoạt chi bộ",
    )  # fmt: skip
    open_meeting(meeting, by=None, chair_post="Bí thư Thị ủy", secretary_post="Văn phòng Thị ủy")
    add_paper(meeting, by=None, organisation=world.cell_a1, title="Sinh hoạt ở tổ dân phố", author="Bí thư chi bộ")
    add_remark(meeting, by=None, speaker="Ban Tổ chức", text="Cần chuẩn bị kỹ.")
    add_disagreement(meeting, by=None, matter="Giờ họp của chi bộ có ca", first_view="Buổi tối", second_view="Chủ nhật")
    for i in range(1, points + 1):
        conclude(meeting, by=None, heading=f"Nhiệm vụ thứ {i}", text=f"Làm việc {i} trong quý I/2021.")
    return meeting


def fill(resolution):
    """Words for every part that waits for them."""
    resolution.clauses.exclude(level=Level.SECTION).filter(text="").update(text="Lời văn của phần này, ghi để thử.")
    return resolution


def thematic(world, **fields):
    fields = {"title": "về nâng cao chất lượng sinh hoạt chi bộ", "signing": Signing.STANDING, **fields}
    resolution = fill(draft_from_workshop(workshop(world), by=None, **fields))
    resolution.signer_name, resolution.signer_position = "Nguyễn Mẫu Ký", "BÍ THƯ"
    resolution.save()
    return resolution


def cell_draft(cell, title="lãnh đạo thực hiện nhiệm vụ tháng 9 năm 2026", **fields):
    parts = [
        Part(Level.SECTION, "Đánh giá kết quả"),
        Part(Level.PARAGRAPH, "Chính trị, tư tưởng", "Đảng viên yên tâm công tác."),
        Part(Level.SECTION, "Nhiệm vụ"),
        Part(Level.PARAGRAPH, text="Vệ sinh đường phố, xong trước ngày 20/9"),
        Part(Level.POINT, text="Tổ một làm phía đông;"),
        Part(Level.POINT, text="tổ hai làm phía tây."),
    ]
    fields = {"signer_name": "Nguyễn Mẫu Ký", "signer_position": "BÍ THƯ", "parts": parts, **fields}
    return draft_resolution(
        by=None, organisation=cell, title=title, preamble="Chi bộ đã thảo luận và thống nhất:", **fields
    )


def to_vote(resolution, until=None):
    """A committee's draft, taken through comments and dossier to the point where the body votes."""
    resolution.refresh_from_db()
    if resolution.organisation.is_cell or resolution.status == Status.SUBMITTED:
        return resolution
    resolution = move_resolution(resolution, Status.COMMENTS, by=None, until=until or today())
    resolution = move_resolution(resolution, Status.REVISION, by=None, note="Đã đủ ý kiến.")
    tick_dossier(resolution, by=None, codes=DOSSIER)
    return move_resolution(resolution, Status.SUBMITTED, by=None)


def adopted(resolution, on=dt.date(2021, 2, 1), base=15, in_favour=15, **fields):
    return adopt_resolution(to_vote(resolution), by=None, base=base, in_favour=in_favour, on=on, **fields)


def wording_edit(body):
    """An edit of an adopted resolution of a body, that waits for its second reader."""
    draft = draft_resolution(
        by=None,
        organisation=body,
        title="về việc biên tập",
        signing=Signing.STANDING,
        parts=[Part(Level.TEXT, text="Giám sác.")],
    )
    resolution = adopted(draft if body.is_cell else _not_commented(draft))
    return edit_wording(resolution.clauses.get(), by=None, text="Giám sát.", why="Sửa lỗi chính tả.")


def _not_commented(resolution):
    """Straight to the body: not a thematic resolution, so nobody had to be asked."""
    tick_dossier(resolution, by=None, codes=DOSSIER)
    return move_resolution(resolution, Status.SUBMITTED, by=None)


def to_sign(resolution):
    """Adopted → waiting for the hand, where the way asks for it."""
    if resolution.organisation.is_cell:
        return resolution
    return move_resolution(resolution, Status.SIGNING, by=None)


def issued(resolution, dated=dt.date(2021, 2, 3), **fields):
    return issue_resolution(to_sign(adopted(resolution, **fields)), by=None, dated=dated)


def paper(body, type_code="plan", title="tổ chức hội nghị", **fields):
    fields = {"text": "Làm ngay trong tháng.", "signer_name": "Nguyễn Mẫu Ký", "signer_position": "BÍ THƯ", **fields}
    return write_paper(by=None, organisation=body, type_code=type_code, title=title, **fields)


def received(body, number_line="05-CT/TU", day=HELD):
    return keep_incoming(
        by=None, organisation=body, issuer="Tỉnh ủy", number_line=number_line, dated=day, type_name="Chỉ thị",
        title="về đại hội", received_on=day,
    )  # fmt: skip


def comment(world):
    """An opinion of the committee's office on a draft sent out."""
    draft = fill(draft_resolution(by=None, organisation=world.town, title="về việc lấy ý kiến", is_thematic=True))
    sent = move_resolution(draft, Status.COMMENTS, by=None, until=today())
    return add_comment(sent.versions.get(), by=None, organisation=world.town, text="Nêu rõ thời hạn.")


def entries_of(meeting) -> dict:
    """One entry of each kind recorded at a workshop."""
    return {
        "remark": add_remark(meeting, by=None, speaker="Bí thư chi bộ", text="Nhất trí"),
        "disagreement": add_disagreement(meeting, by=None, matter="Thời gian họp", first_view="Buổi tối"),
        "solution": propose(meeting, by=None, theme="Chuẩn bị", text="Gửi nội dung trước"),
        "conclusion": conclude(meeting, by=None, heading="Chuẩn bị kỹ nội dung"),
    }
