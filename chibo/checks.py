"""Thresholds of an organisation on a day, each with the rule it stands on (members.md 3.1, 3.5)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from chibo.choices import Placed, Post, Right
from chibo.figures import WARD, is_base_on
from chibo.models import Member, Organisation, Placement
from chibo.rulebooks import rulebook_on
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.ui.templatetags.portal import vn_number

CELL_COMMITTEE = [Post.SECRETARY, Post.STANDING_DEPUTY, Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]


@dataclass(frozen=True)
class Finding:
    """One thing to look at: the sentence, and the text it stands on; `state` is late or soon."""

    text: str
    source: str
    state: str = "soon"


def members_by_cell(ids, day: dt.date) -> dict[int, tuple[int, int]]:
    """Cell → (members, of them official) on a day: by the day's own records. Members away or exempt count."""
    official = Q(official_on__lte=day)
    here = Member.objects.present_on(day).filter(organisation__in=ids).values("organisation")
    found = {row["organisation"]: (row["n"], row["o"]) for row in here.annotate(n=Count("pk"), o=Count("pk", filter=official)).order_by()}  # fmt: skip
    other = Placement.objects.on(day).filter(organisation__in=ids, role=Placed.OFFICIAL).values("organisation")
    for row in other.annotate(n=Count("pk"), o=Count("pk", filter=Q(member__official_on__lte=day))).order_by():
        n, o = found.get(row["organisation"], (0, 0))
        found[row["organisation"]] = (n + row["n"], o + row["o"])
    return found


def members_below(organisation: Organisation, day: dt.date) -> tuple[int, int]:
    """(members, of them official) of everything that lay below on a day."""
    cells = Organisation.objects.below_on(organisation.path_on(day), day).filter(kind__is_cell=True).values("pk")
    counts = members_by_cell(cells, day).values()
    return sum(n for n, _ in counts), sum(o for _, o in counts)


def findings_of(organisation: Organisation, day: dt.date, members: int, official: int) -> list[Finding]:
    """What does not meet a threshold of the day's rulebook."""
    book, found = rulebook_on(day), []

    def add(text, state="soon"):
        found.append(Finding(text, book.source, state))

    kind = organisation.kind
    held = list(organisation.positions.on(day).values_list("member", "post")) if not kind.is_body else []
    posts = [post for _, post in held]
    if kind.is_cell:
        if official < book["least_official"]:
            add(f"{official} đảng viên chính thức, dưới mức {book['least_official']}: xét chuyển đảng viên về nơi phù hợp.", "late")  # fmt: skip
        if members >= book["base_committee_from"]:
            most = f"{vn_number(members)} đảng viên, từ {book['base_committee_from']} trở lên"
            if kind.is_base:
                add(f"{most}: xét lập đảng bộ cơ sở.")
            elif Post.GROUP_HEAD not in posts:
                more = " Quá 30 mà không chia được thành nhiều chi bộ: phải có cấp trên đồng ý." if members > book["base_committee_from"] else ""  # fmt: skip
                add(f"{most}: chia tổ đảng, mỗi tháng họp tổ ít nhất một lần. Chia rồi thì ghi tổ trưởng ở Ghi chức vụ.{more}")  # fmt: skip
        committee = sum(1 for post in posts if post in CELL_COMMITTEE)
        if official >= book["committee_from"] and committee < 3:
            add(f"{official} đảng viên chính thức, từ {book['committee_from']} trở lên: bầu chi ủy. Đang ghi {committee} chức vụ.")  # fmt: skip
        if committee > book["committee_most"]:
            add(f"Chi ủy {committee} đồng chí, nhiều hơn {book['committee_most']}.")
        if official < book["committee_from"] and Post.CELL_COMMITTEE_MEMBER in posts:
            add(f"{official} đảng viên chính thức, dưới {book['committee_from']}: bầu bí thư, nếu cần thì phó bí thư; không lập chi ủy.")  # fmt: skip
        deputies = sum(post in (Post.STANDING_DEPUTY, Post.DEPUTY) for post in posts)
        if deputies > book["cell_deputies_most"]:
            add(f"{deputies} phó bí thư: chi bộ chỉ bầu một phó bí thư.")
    elif is_base_on(organisation, day):
        if members < book["base_committee_from"]:
            add(
                f"{vn_number(members)} đảng viên, dưới mức {book['base_committee_from']} của đảng bộ cơ sở: cần cấp trên đồng ý."
            )
        if members >= book["delegate_superior_from"]:
            add(
                f"{vn_number(members)} đảng viên, từ {book['delegate_superior_from']}: có thể được giao quyền cấp trên cơ sở."
            )
    if not kind.is_cell and not kind.is_body:
        found += _committee_findings(organisation, day, held, book)
    admits = not kind.is_body and organisation.delegations.filter(right__in=(Right.ADMIT, Right.EXPEL)).on(day).exists()
    if admits and members <= book["delegate_admission_from"]:
        add(f"Được ủy quyền kết nạp, khai trừ mà có {vn_number(members)} đảng viên: ủy quyền khi trên {book['delegate_admission_from']} đảng viên và ba năm liền hoàn thành tốt nhiệm vụ (294-QĐ/TW 22).")  # fmt: skip
    if not kind.is_body and (kind.is_cell or kind.is_base):
        if kind.is_cell and Post.SECRETARY not in posts:
            add("Khuyết bí thư.", "late")
        if not organisation.terms.on(day).exists():
            last = organisation.terms.filter(ends_on__lt=day).order_by("-ends_on").first()
            told = f"Nhiệm kỳ {last.name} hết ngày {vn_date(last.ends_on)}: tổ chức đại hội, rồi mở nhiệm kỳ mới" if last else "Không có nhiệm kỳ nào đang chạy"  # fmt: skip
            add(f"{told}; văn bản chưa đánh số được.", "late")
    return found


def _committee_findings(organisation, day, held, book) -> list[Finding]:
    """The ban thường vụ against its committee, and a committee without a secretary, as far as posts are written down."""
    found = []
    if held and Post.SECRETARY not in [post for _, post in held]:
        found.append(Finding("Khuyết bí thư.", book.source, "late"))
    standing = {member for member, post in held if post in Post.of_standing()}
    term = organisation.terms.on(day).first()
    sitting = (term.sitting_members if term else None) or len({member for member, post in held if post not in Post.outside_committee()})  # fmt: skip
    if Post.STANDING_MEMBER in [post for _, post in held] and book["standing_share"] * len(standing) > sitting:
        ward = "; xã, phường theo quy định của Bộ Chính trị" if organisation.kind.code == WARD else ""
        found.append(Finding(f"Ban thường vụ {len(standing)} trên {sitting} cấp ủy viên, quá một phần ba{ward}.", f"294-QĐ/TW 14.2. {book.source}"))  # fmt: skip
    return found
