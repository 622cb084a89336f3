"""N3B, N4B: ethnicity, religion, schooling and occupation of the members and of the new ones, as far as they are written (members.md 10.3)."""

from chibo.models import MemberProfile
from chibo.profile_choices import KINH, Degree, Occupation, Religion, Schooling, Theory
from chibo.reports.register_facts import FEW, Facts, Listed
from chibo.reports.tables import Table
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.rendering.xlsx import Column

MANY = 5000  # above so many members the profiles are read whole
# Heading → which values of which field it counts.
GROUPS = [
    ("THPT", "schooling", {Schooling.UPPER}), ("Trung cấp, cao đẳng", "degree", {Degree.INTERMEDIATE, Degree.COLLEGE}),
    ("Đại học", "degree", {Degree.BACHELOR}), ("Sau đại học", "degree", {Degree.POSTGRADUATE}),
    ("Lý luận sơ cấp", "theory", {Theory.ELEMENTARY}), ("Lý luận trung cấp", "theory", {Theory.INTERMEDIATE}), ("Lý luận cao cấp", "theory", {Theory.ADVANCED}),
    ("Cán bộ, công chức", "occupation", {Occupation.OFFICIAL}), ("Viên chức", "occupation", {Occupation.TEACHER, Occupation.PUBLIC_SERVICE}),
    ("Công nhân", "occupation", {Occupation.WORKER}), ("Nông dân", "occupation", {Occupation.FARMER}), ("Quân đội, công an", "occupation", {Occupation.FORCES}),
    ("Học sinh, sinh viên", "occupation", {Occupation.STUDENT}), ("Doanh nghiệp tư nhân", "occupation", {Occupation.OWNER, Occupation.PRIVATE}),
    ("Hưu trí", "occupation", {Occupation.RETIRED}), ("Nghề khác", "occupation", {Occupation.OTHER}),
]  # fmt: skip


def _few(found: Listed):
    """Fewer than three are not told: somebody might be recognised (members.md 10.3)."""
    return f"< {FEW}" if 0 < found < FEW else found


def _written(members) -> dict[int, dict]:
    """Member → what is written of the profile; nothing of whom nothing is."""
    rows = MemberProfile.objects.all()
    if len(members) <= MANY:
        rows = rows.filter(member__in=[one.pk for one in members])
    names = ("ethnicity", "religion", "schooling", "degree", "theory", "occupation")
    return {
        pk: dict(zip(names, values, strict=True)) for pk, *values in rows.values_list("member", *names) if any(values)
    }


def _line(name: str, members, written) -> list:
    """One line: how many, of how many something is written, the small figures, then each group."""
    known = [(one, written[one.pk]) for one in members if one.pk in written]
    minority = Listed(one for one, has in known if has["ethnicity"] not in ("", KINH))
    believers = Listed(one for one, has in known if has["religion"] not in ("", Religion.NONE))
    counts = [Listed(one for one, has in known if has[field] in wanted) for _, field, wanted in GROUPS]
    return [name, Listed(members), Listed(one for one, _ in known), _few(minority), _few(believers), *counts]


def _columns(whole: str) -> list[Column]:
    columns = [Column("Loại hình", 26), Column(whole, 8, "int"), Column("Đã ghi", 8, "int"), Column("Dân tộc thiểu số", 10), Column("Có tôn giáo", 10)]  # fmt: skip
    return columns + [Column(name, 9, "int") for name, *_ in GROUPS]


_FROM = f"trong số đã ghi thông tin thống kê, theo bản ghi hiện nay. Dân tộc, tôn giáo dưới {FEW} đồng chí thì không nêu số."


def n3b(facts: Facts) -> Table:
    """All members of the last day, by type of cell."""
    written = _written(facts.members)
    table = [_line(name, members, written) for name, _, members in facts.by_type()]
    return Table(
        "N3B",
        "N3B. Dân tộc, tôn giáo, trình độ, nghề nghiệp",
        _columns("Tổng"),
        table,
        f"Ngày {vn_date(facts.last)}, {_FROM}",
    )


def n4b(facts: Facts) -> Table:
    """Who was admitted in the year, by type of the cell (members.md 10.2 P9, 10.3 N4)."""
    written, types = _written(facts.admitted), {cell.pk: facts.type_of(cell) for cell in facts.cells}
    table = [
        _line(name, [one for one in facts.admitted if types.get(one.organisation_id) == name], written)
        for name in dict.fromkeys(types.values())
    ]
    table.append(_line("Cộng", facts.admitted, written))
    base = f"Kết nạp từ {vn_date(facts.first)} đến {vn_date(facts.last)}, {_FROM}"
    return Table("N4B", "N4B. Kết nạp theo dân tộc, tôn giáo, trình độ, nghề nghiệp", _columns("Kết nạp"), table, base)
