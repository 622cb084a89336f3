"""N3B: ethnicity, religion, schooling and occupation of the members, as far as they are written (members.md 10.3, N3)."""

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


def n3b(facts: Facts) -> Table:
    rows = MemberProfile.objects.all()
    if len(facts.members) <= MANY:
        rows = rows.filter(member__in=[one.pk for one in facts.members])
    names = ("ethnicity", "religion", "schooling", "degree", "theory", "occupation")
    written = {pk: dict(zip(names, values, strict=True)) for pk, *values in rows.values_list("member", *names) if any(values)}  # fmt: skip
    table = []
    for name, _, members in facts.by_type():
        known = [(one, written[one.pk]) for one in members if one.pk in written]
        minority = Listed(one for one, has in known if has["ethnicity"] not in ("", KINH))
        believers = Listed(one for one, has in known if has["religion"] not in ("", Religion.NONE))
        counts = [Listed(one for one, has in known if has[field] in wanted) for _, field, wanted in GROUPS]
        table.append([name, Listed(members), Listed(one for one, _ in known), _few(minority), _few(believers), *counts])
    columns = [Column("Loại hình", 26), Column("Tổng", 8, "int"), Column("Đã ghi", 8, "int"), Column("Dân tộc thiểu số", 10), Column("Có tôn giáo", 10)]  # fmt: skip
    columns += [Column(name, 9, "int") for name, *_ in GROUPS]
    base = f"Ngày {vn_date(facts.last)}, trong số đã ghi thông tin thống kê, theo bản ghi hiện nay. Dân tộc, tôn giáo dưới {FEW} đồng chí thì không nêu số."
    return Table("N3B", "N3B. Dân tộc, tôn giáo, trình độ, nghề nghiệp", columns, table, base)
