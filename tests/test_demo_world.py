"""The demo world tells the published facts, and every paper and seal in it fits."""

import datetime as dt
import hashlib

from django.core.management import call_command
from django.db import connection, transaction

from chibo.models import Member, Organisation
from hoithao.choices import RemarkSort
from hoithao.models import AgendaItem, Attendance, Contribution, Lesson, Meeting, Paper, Remark, Round, Vote
from hoithao.services.tallies import COUNTS, recount_all
from kyanh_portal.audit.verifying import first_wrong_position, unsealed
from kyanh_portal.documents.issuing import is_intact
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.reports.report import reports
from nghiquyet.models import Clause, Resolution
from nghiquyet.services.drafting import empty_parts

# What the world tells, without keys and the hours of its making.
STORY = {
    Organisation: ["name", "parent__name", "kind__code", "cell_type__code", "header_name"],
    Member: ["organisation__name", "organisation__parent__name", "full_name", "sex", "born_on", "admitted_on", "official_on"],
    Meeting: ["organisation__name", "organisation__parent__name", "kind__code", "starts_at", "ended_at", "theme", "conclusion", "status", "is_model", "round__number"],
    Attendance: ["meeting__organisation__name", "meeting__starts_at", "member__full_name", "member__born_on", "standing", "mark", "reason"],
    Contribution: ["meeting__organisation__name", "meeting__starts_at", "order", "member__full_name", "text"],
    AgendaItem: ["meeting__organisation__name", "meeting__starts_at", "order", "title", "presented"],
    Vote: ["meeting__organisation__name", "meeting__starts_at", "order", "base", "in_favour", "against", "blank"],
    Lesson: ["meeting__organisation__name", "worked", "lacking", "repeat"],
    Paper: ["order", "organisation__name", "title", "author", "text"],
    Remark: ["order", "sort", "speaker", "text"],
    Clause: ["resolution__title", "order", "level", "heading", "text"],
    IssuedDocument: ["kind", "number_line", "dated", "issuer_name", "title"],
}  # fmt: skip


def story_hash() -> str:
    digest = hashlib.sha256()
    for model, fields in STORY.items():
        for row in sorted(repr(row) for row in model.objects.values_list(*fields)):
            digest.update(row.encode())
    return digest.hexdigest()


class _Undone(Exception):
    pass


def test_the_story_of_2020(db, capsys):
    first = ""
    try:
        with transaction.atomic():  # a first world, taken back: keys go on, the story does not change
            call_command("demo")
            first = story_hash()
            raise _Undone
    except _Undone:
        assert not Organisation.objects.exists()
    call_command("demo")
    assert story_hash() == first
    base = Organisation.objects.base().valid_on(dt.date(2020, 12, 21))
    assert base.count() == 30
    assert Organisation.objects.cells().exclude(kind__is_base=True).count() == 177
    assert Member.objects.count() == 4317
    ward = Organisation.objects.get(name="Đảng bộ phường Hưng Trí")
    assert ward.children.count() == 19 and Member.objects.filter(organisation__parent=ward).count() == 989

    model = Meeting.objects.model_meetings()
    assert Round.objects.count() == 3 and model.values("organisation").distinct().count() == 26
    before = model.filter(starts_at__date__lt="2020-11-13")
    assert before.count() == 25 and before.filter(kind__code="CHUYEN_DE").count() == 1
    workshop = Meeting.objects.get(kind__code="HOI_THAO", month="2020-12-01")
    assert str(workshop.held_on) == "2020-12-18"
    assert Paper.objects.filter(meeting=workshop, is_lead_in=False).count() == 16
    assert len({p.cell_type_id for p in Paper.objects.filter(is_lead_in=False)}) == 7
    remarks = Remark.objects.filter(meeting=workshop)
    assert remarks.filter(sort=RemarkSort.FLOOR).count() == 8 and remarks.filter(sort=RemarkSort.STEERING).count() == 2
    draft = Resolution.objects.get(workshop=workshop)
    assert draft.status == "draft" and draft.document is None
    assert not empty_parts(draft.clauses.all())  # ready for the vote
    assert Lesson.objects.filter(meeting__in=model).count() == 26
    conference = Meeting.objects.get(kind__code="RUT_KINH_NGHIEM")
    assert str(conference.held_on) == "2020-11-13" and conference.lessons.exists()
    assert remarks.filter(sort=RemarkSort.CLOSING).get().speaker == "Bí thư Thị ủy"
    regular = Meeting.objects.filter(kind__code="THUONG_KY")
    for month in range(1, 13):  # nearly every cell met in every month
        assert regular.filter(month=f"2020-{month:02}-01").count() >= 170

    for rows in (Organisation, Member, Meeting, IssuedDocument, Paper, Remark, Resolution):
        assert not rows.objects.filter(is_synthetic=False).exists(), rows
    assert all(" Mẫu " in name for name in Member.objects.values_list("full_name", flat=True))
    assert Meeting.objects.closed().filter(minutes__isnull=True).count() == 0
    assert all(is_intact(paper) for paper in IssuedDocument.objects.order_by("?")[:200])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the seals are set at commit
    assert first_wrong_position() is None and unsealed() == 0

    year_report_tells_the_same_numbers()
    from hoithao.models import MonthTally

    def tallies():
        return set(MonthTally.objects.values_list("organisation_id", "month", "cell_type_id", *COUNTS))

    kept = tallies()
    recount_all(sorted({row[1] for row in kept}))
    assert tallies() == kept
    call_command("demo")
    assert "đã có sẵn" in capsys.readouterr().out and Member.objects.count() == 4317


def year_report_tells_the_same_numbers():
    """The report of 2020 over the whole town against the minutes themselves."""
    town = Organisation.objects.get(name="Thị ủy Kỳ Anh")
    parameters = {"span": "year", "month": "2020-01-01", "unit": town.pk, "type": None}
    report, work = reports.get("sinh-hoat"), {}
    for _ in report.steps(None, parameters, work, []):
        pass
    closed = Meeting.objects.closed().filter(kind__code="THUONG_KY").values_list("minutes__figures", flat=True)
    figures = list(closed)
    total = work["total"]
    assert len(work["rows"]) == Organisation.objects.cells().valid_on(dt.date(2020, 12, 21)).count() == 188
    assert total["cells_due"] == 188 * 12 and total["regular"] == len(figures)
    assert total["model_meetings"] == 26
    assert total["base"] == sum(one["base"] for one in figures)
    assert total["present"] == sum(one["present"] for one in figures)
