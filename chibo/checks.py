"""Thresholds of an organisation on a day, each with the rule it stands on (members.md 3.1, 3.5)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from chibo.choices import Placed, Post
from chibo.models import Member, Organisation, Placement
from chibo.rulebooks import rulebook_on
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
    posts = list(organisation.positions.on(day).values_list("post", flat=True)) if not kind.is_body else []
    if kind.is_cell:
        if official < book["least_official"]:
            add(f"{official} đảng viên chính thức, dưới mức {book['least_official']}: xét chuyển đảng viên về nơi phù hợp.", "late")  # fmt: skip
        if members >= book["base_committee_from"]:
            most = f"{vn_number(members)} đảng viên, từ {book['base_committee_from']} trở lên"
            if kind.is_base:
                add(f"{most}: xét lập đảng bộ cơ sở.")
            elif Post.GROUP_HEAD not in posts:
                add(
                    f"{most}: chia tổ đảng, mỗi tháng họp tổ ít nhất một lần. Chia rồi thì ghi tổ trưởng ở Ghi chức vụ."
                )
        committee = sum(1 for post in posts if post in CELL_COMMITTEE)
        if official >= book["committee_from"] and committee < 3:
            add(f"{official} đảng viên chính thức, từ {book['committee_from']} trở lên: bầu chi ủy. Đang ghi {committee} chức vụ.")  # fmt: skip
        if committee > book["committee_most"]:
            add(f"Chi ủy {committee} đồng chí, nhiều hơn {book['committee_most']}.")
    elif kind.is_base:
        if members < book["base_committee_from"]:
            add(
                f"{vn_number(members)} đảng viên, dưới mức {book['base_committee_from']} của đảng bộ cơ sở: cần cấp trên đồng ý."
            )
        if members >= book["delegate_superior_from"]:
            add(
                f"{vn_number(members)} đảng viên, từ {book['delegate_superior_from']}: có thể được giao quyền cấp trên cơ sở."
            )
    if not kind.is_body and (kind.is_cell or kind.is_base):
        if kind.is_cell and Post.SECRETARY not in posts:
            add("Khuyết bí thư.", "late")
        if not organisation.terms.on(day).exists():
            add("Không có nhiệm kỳ nào đang chạy: văn bản chưa đánh số được.", "late")
    return found
