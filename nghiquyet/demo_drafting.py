"""A second draft of the demo world, on its way: planned, sent out, commented on, revised. Invented, and labelled so."""

import datetime as dt

from kyanh_portal.base.calendar import at_local, today
from kyanh_portal.demo.world import World
from nghiquyet.choices import Level, Reason, Signing, Status, Verdict
from nghiquyet.models import Comment, Resolution
from nghiquyet.services.comments import add_comment, answer_comment
from nghiquyet.services.drafting import draft_resolution, edit_clause
from nghiquyet.services.moving import DOSSIER, move_resolution, plan_drafting, tick_dossier
from nghiquyet.services.skeletons import Part

PARTS = [
    Part(Level.SECTION, "Quan điểm, mục tiêu"),
    Part(Level.PARAGRAPH, "Mục tiêu", "Đến hết năm 2022, 80% chi bộ ghi biên bản sinh hoạt trên máy tính."),
    Part(Level.SECTION, "Nhiệm vụ, giải pháp"),
    Part(Level.PARAGRAPH, "Tập huấn", "Mỗi chi bộ cử một đồng chí tham gia tập huấn trong quý I năm 2021."),
    Part(Level.PARAGRAPH, "Trang bị", "Các tổ chức cơ sở đảng bố trí máy tính, đường truyền cho chi bộ."),
]
BASES = (
    "Căn cứ Điều lệ Đảng Cộng sản Việt Nam;\nCăn cứ Chương trình làm việc của Ban Chấp hành Đảng bộ thị xã (giả lập);"
)
REVISED = {
    "Mục tiêu": "Đến hết năm 2023, 100% chi bộ cơ quan và 80% chi bộ còn lại ghi biên bản sinh hoạt trên máy tính.",
    "Tập huấn": "Mỗi chi bộ cử hai đồng chí tham gia tập huấn trong quý I và quý II năm 2021.",
}


def to_vote(resolution, *, by, voted_on: dt.date):
    """A thematic draft of the story, taken through comments and dossier to the vote of a day."""
    resolution = move_resolution(resolution, Status.COMMENTS, by=by, until=today())
    resolution = move_resolution(resolution, Status.REVISION, by=by, note="Các đơn vị nhất trí với dự thảo.")
    tick_dossier(resolution, by=by, codes=DOSSIER)
    resolution = move_resolution(resolution, Status.SUBMITTED, by=by)
    sent_on(resolution, voted_on - dt.timedelta(days=14), until=voted_on - dt.timedelta(days=4))
    resolution.versions.filter(reason=Reason.SUBMITTED).update(taken_at=at_local(voted_on - dt.timedelta(days=2), 8))
    return resolution


def to_sign(resolution, *, by):
    """Adopted: the text is as voted, and goes to who signs."""
    return move_resolution(resolution, Status.SIGNING, by=by)


def begun_on(resolution, day: dt.date) -> None:
    """The list tells when a draft was begun: in the story, not on the day somebody loads it."""
    Resolution.objects.filter(pk=resolution.pk).update(created_at=at_local(day, 8))


def sent_on(resolution, day: dt.date, *, until: dt.date) -> None:
    """The version sent out for comments bears days of the story, and so do the comments and their answers."""
    versions = resolution.versions.filter(reason=Reason.COMMENTS)
    versions.update(taken_at=at_local(day, 8), until=until, closed_on=until)
    comments = Comment.objects.filter(version__in=versions.values("pk"))
    comments.update(at=at_local(until - dt.timedelta(days=2), 9))
    comments.exclude(verdict="").update(answered_at=at_local(until + dt.timedelta(days=1), 9))


def build_drafting(world: World) -> None:
    """From the programme to the second draft."""
    clerk, town, bases = world["vanphong"], world["town"], world["bases"]
    resolution = draft_resolution(
        by=clerk, organisation=town, title="về ứng dụng công nghệ thông tin trong công tác đảng giai đoạn 2021 - 2025",
        signing=Signing.COMMITTEE, is_thematic=True, bases=BASES, parts=PARTS, status=Status.PROPOSED, is_synthetic=True,
    )  # fmt: skip
    plan_drafting(
        resolution, by=clerk, lead=town, due_month=dt.date(2021, 3, 1),
        drafting_group="Phó Bí thư Thường trực, tổ trưởng\nTrưởng Ban Tổ chức\nChánh Văn phòng, thư ký",
    )  # fmt: skip
    for target in (Status.PLANNED, Status.OUTLINE, Status.DRAFT):
        resolution = move_resolution(resolution, target, by=clerk)
    resolution = move_resolution(
        resolution, Status.COMMENTS, by=clerk, until=today() + dt.timedelta(days=10), asked=bases[:5]
    )
    version = resolution.versions.get()
    parts = {part["heading"]: part["clause"] for part in version.parts}
    first = add_comment(version, by=clerk, organisation=bases[0], clause=parts["Mục tiêu"], text="Nên chia mức theo loại hình chi bộ; chi bộ nông thôn cần thêm một năm.")  # fmt: skip
    second = add_comment(version, by=clerk, organisation=bases[1], clause=parts["Trang bị"], text="Đề nghị cấp trên hỗ trợ kinh phí mua máy.")  # fmt: skip
    add_comment(version, by=clerk, organisation=bases[2], clause=parts["Tập huấn"], text="Mỗi chi bộ nên cử hai đồng chí để thay nhau.")  # fmt: skip
    third = add_comment(version, by=clerk, organisation=bases[3], clause="bases-2", text="Đề nghị ghi rõ số, ngày của Chương trình làm việc.")  # fmt: skip
    add_comment(version, by=clerk, organisation=bases[4], clause=f"recipients-{len(version.frame['recipients'].splitlines())}", text="Lưu thêm tại Ban Tổ chức để theo dõi tập huấn.")  # fmt: skip
    resolution = move_resolution(resolution, Status.REVISION, by=clerk, note="Các đơn vị được hỏi đã gửi đủ ý kiến.")
    answer_comment(first, by=clerk, verdict=Verdict.ACCEPTED)
    answer_comment(second, by=clerk, verdict=Verdict.NOT, answer="Kinh phí do từng tổ chức cơ sở đảng cân đối; ghi ở kế hoạch hằng năm.")  # fmt: skip
    answer_comment(third, by=clerk, verdict=Verdict.ACCEPTED, answer="Bổ sung khi Chương trình được ban hành.")
    for clause in resolution.clauses.filter(heading__in=REVISED):
        edit_clause(clause, by=clerk, text=REVISED[clause.heading])
    tick_dossier(resolution, by=clerk, codes=["to_trinh", "du_thao"])
    begun_on(resolution, dt.date(2020, 11, 30))
    sent_on(resolution, dt.date(2020, 12, 7), until=dt.date(2020, 12, 17))
