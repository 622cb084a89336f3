"""The demo world tells the published facts, and every paper and seal in it fits."""

from django.core.management import call_command
from django.db import connection

from chibo.models import Member, Organisation
from hoithao.choices import RemarkSort
from hoithao.models import Meeting, Paper, Remark, Round
from hoithao.services.tallies import COUNTS, recount_all
from kyanh_portal.audit.verifying import first_wrong_position, unsealed
from kyanh_portal.documents.issuing import is_intact
from kyanh_portal.documents.models import IssuedDocument
from nghiquyet.models import Resolution


def test_the_story_of_2020(db, capsys):
    call_command("demo")
    base = Organisation.objects.base()
    assert base.count() == 30
    assert Organisation.objects.cells().exclude(kind__is_base=True).count() == 177
    assert Member.objects.count() == 4317
    ward = Organisation.objects.get(name="Đảng bộ phường Hưng Trí")
    assert ward.children.count() == 19 and Member.objects.filter(organisation__parent=ward).count() == 989

    model = Meeting.objects.model_meetings()
    assert Round.objects.count() == 3 and model.values("organisation").distinct().count() == 26
    before = model.filter(starts_at__date__lt="2020-11-13")
    assert before.count() == 25 and before.filter(kind__code="CHUYEN_DE").count() == 1
    workshop = Meeting.objects.get(kind__code="HOI_THAO")
    assert str(workshop.held_on) == "2020-12-18"
    assert Paper.objects.filter(meeting=workshop).count() == 16
    assert len({p.cell_type_id for p in Paper.objects.all()}) == 7
    remarks = Remark.objects.filter(meeting=workshop)
    assert remarks.filter(sort=RemarkSort.FLOOR).count() == 8 and remarks.filter(sort=RemarkSort.STEERING).count() == 2
    draft = Resolution.objects.get(workshop=workshop)
    assert draft.status == "draft" and draft.document is None

    for rows in (Organisation, Member, Meeting, IssuedDocument, Paper, Remark, Resolution):
        assert not rows.objects.filter(is_synthetic=False).exists(), rows
    assert all(" Mẫu " in name for name in Member.objects.values_list("full_name", flat=True))
    assert Meeting.objects.closed().filter(minutes__isnull=True).count() == 0
    assert all(is_intact(paper) for paper in IssuedDocument.objects.order_by("?")[:200])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the seals are set at commit
    assert first_wrong_position() is None and unsealed() == 0

    from hoithao.models import MonthTally

    def tallies():
        return set(MonthTally.objects.values_list("organisation_id", "month", "cell_type_id", *COUNTS))

    kept = tallies()
    recount_all(sorted({row[1] for row in kept}))
    assert tallies() == kept
    call_command("demo")
    assert "đã có sẵn" in capsys.readouterr().out and Member.objects.count() == 4317
