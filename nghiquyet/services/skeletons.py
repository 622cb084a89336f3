"""The parts a resolution starts from: a thematic one from a workshop, a monthly one from the cell's last meeting.

The structures are those offices use (document-format 7a, 7b); staff change the words as they need.
"""

import re
from dataclasses import dataclass

from hoithao.models import Conclusion
from kyanh_portal.base.calendar import add_months, vn_date
from nghiquyet.choices import Level, Signing


@dataclass(frozen=True)
class Part:
    """A clause not yet stored."""

    level: str
    heading: str = ""
    text: str = ""
    conclusion: Conclusion | None = None


def section(heading):
    return Part(Level.SECTION, heading)


def paragraph(heading="", text="", conclusion=None):
    return Part(Level.PARAGRAPH, heading, text, conclusion)


def workshop_name(meeting) -> str:
    """Hội thảo nâng cao chất lượng …: as running text names it."""
    return f"{meeting.kind.name} {meeting.theme}".strip()


def workshop_opening(organisation, signing) -> str:
    """Who issues it, as the first line of the text says."""
    body = "Ban Thường vụ" if signing == Signing.STANDING else "Ban Chấp hành"
    return f"{body} {committee_name(organisation)} ban hành Nghị quyết như sau:"


def workshop_parts(meeting, points) -> list[Part]:
    """Situation, aims, tasks, implementation; each point of the conclusion becomes a task that stays linked to it."""
    heard = []
    if papers := meeting.papers.filter(is_lead_in=False).count():  # a lead-in paper is no tham luận
        heard.append(f"{papers} tham luận của các đơn vị")
    if remarks := meeting.remarks.filter(sort="PHAT_BIEU").count():
        heard.append(f"{remarks} ý kiến phát biểu")
    after = f", sau khi nghe {' và '.join(heard)}" if heard else ""
    matters = [matter.matter.rstrip(" .") for matter in meeting.disagreements.filter(settled="")]
    limits = f"Còn ý kiến khác nhau về: {'; '.join(matters)}." if matters else ""
    return [
        section("Tình hình và nguyên nhân"),
        paragraph(
            "Kết quả",
            f"{workshop_name(meeting)}, ngày {vn_date(meeting.held_on)}{after}, đã thống nhất đánh giá và kết luận những vấn đề nêu tại Nghị quyết này.",
        ),
        paragraph("Hạn chế", limits),
        paragraph("Nguyên nhân"),
        section("Quan điểm, mục tiêu"),
        paragraph("Quan điểm"),
        paragraph("Mục tiêu chung"),
        paragraph("Chỉ tiêu cụ thể"),
        section("Nhiệm vụ, giải pháp"),
        *(paragraph(point.heading, point.text, point) for point in points),
        section("Tổ chức thực hiện"),
        paragraph(
            text="Các tổ chức cơ sở đảng, chi bộ trực thuộc quán triệt, cụ thể hóa Nghị quyết phù hợp với loại hình và tổ chức thực hiện."
        ),
        paragraph(
            text="Các ban, Văn phòng và Uỷ ban Kiểm tra theo chức năng hướng dẫn, theo dõi, kiểm tra, định kỳ báo cáo kết quả."
        ),
        paragraph(text="Nghị quyết được phổ biến đến chi bộ."),
    ]


def cell_parts(meeting) -> list[Part]:
    """The month that was, the month to come, who does what — filled with what the minutes say."""
    said = {"review": [], "tasks": []}
    for item in meeting.agenda.all():
        text = item.summed_up or item.presented
        if text:
            ahead = any(word in item.title.lower() for word in ("phương hướng", "tháng tới", "nhiệm vụ tháng"))
            said["tasks" if ahead else "review"].append((item.title, text))
    to_come = add_months(meeting.month, 1)
    return [
        section(f"Đánh giá kết quả tháng {meeting.month.month}"),
        *(
            [paragraph(title, text) for title, text in said["review"]]
            or [paragraph("Chính trị, tư tưởng"), paragraph("Nhiệm vụ chính trị"), paragraph("Hạn chế, nguyên nhân")]
        ),
        section(f"Nhiệm vụ tháng {to_come.month}"),
        *(
            [paragraph(title, text) for title, text in said["tasks"]]
            or [paragraph("Chính trị, tư tưởng"), paragraph("Nhiệm vụ chính trị"), paragraph("Xây dựng Đảng, đoàn thể")]
        ),
        section("Phân công và tổ chức thực hiện"),
        *[paragraph(text=line) for line in _points(meeting.conclusion)],
    ]


def _points(conclusion: str) -> list[str]:
    """The conclusion line by line, without the numbers typed before them; one empty line when nothing was said."""
    lines = [re.sub(r"^\s*(?:\d+[.)]|[-–+])\s*", "", line) for line in conclusion.split("\n")]
    return [line for line in lines if line] or [""]


def cell_opening(meeting, figures: dict) -> str:
    """The first paragraph of a cell's resolution, from the roll of the meeting."""
    present = figures.get("present", 0)
    away = f"vắng {figures.get('excused', 0) + figures.get('unexcused', 0)} (có lý do {figures.get('excused', 0)}, không lý do {figures.get('unexcused', 0)})"
    exempt = f", được miễn sinh hoạt {figures['exempt']}" if figures.get("exempt") else ""
    return (
        f"Ngày {vn_date(meeting.held_on)}, {meeting.organisation.name} {meeting.kind.name.lower()} {meeting.period};"
        f" tổng số {figures.get('total', 0)} đảng viên, có mặt {present}, {away}{exempt}."
        f" Đồng chí {meeting.chair_label} chủ trì, đồng chí {meeting.secretary_label} ghi biên bản."
        " Chi bộ đã thảo luận và thống nhất:"
    )


def blank_parts(organisation) -> list[Part]:
    """The usual parts, empty."""
    if organisation.is_cell:
        names = ["Đánh giá kết quả", "Nhiệm vụ", "Phân công và tổ chức thực hiện"]
    else:
        names = ["Tình hình và nguyên nhân", "Quan điểm, mục tiêu", "Nhiệm vụ, giải pháp", "Tổ chức thực hiện"]
    return [part for name in names for part in (section(name), paragraph())]


def recipients_for(organisation, signing) -> str:
    """Whom the paper goes to: upward, to those who carry it out, and to the file (HD05 II.I.9)."""
    superior = organisation.parent
    upward = [f"{committee_name(superior)} (để báo cáo)"] if superior and not superior.is_cell else []
    if superior is None and organisation.header_superior.startswith("ĐẢNG BỘ TỈNH"):
        upward = ["Ban Thường vụ Tỉnh uỷ (để báo cáo)"]
    within = ["Đảng viên trong chi bộ"] if signing == Signing.CELL else ["Các tổ chức đảng trực thuộc"]
    filed = organisation.kind.files_at or ("Lưu Chi bộ" if organisation.is_cell else "Lưu Văn phòng")
    return "\n".join([*upward, *within, filed])


def committee_name(organisation) -> str:
    """Đảng uỷ …, Thị uỷ …: the committee that leads an organisation, as recipients name it."""
    name = organisation.name
    return f"Đảng uỷ {name[len('Đảng bộ ') :]}" if name.startswith("Đảng bộ ") else name
