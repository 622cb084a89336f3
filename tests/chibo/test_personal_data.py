"""The fourteen controls over personal data, each with a test that bears its name; and what they stand on."""

import datetime as dt
import io

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.db.models import FileField
from django.utils import timezone
from openpyxl import load_workbook

from chibo.choices import Role
from chibo.due_data import retention_due
from chibo.fieldclasses import CLASSES, class_of, exported_fields
from chibo.models import DataRequest, Discipline, Exit, Incident, Member, MemberIdentity
from chibo.owndata import data_of, processing_register
from chibo.services.members import correct_member
from chibo.services.privacy import (
    answer_request,
    ask_about_data,
    find_by_number,
    handle_incident,
    set_number,
    show_number,
)
from chibo.services.retention import clear_what_is_over
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.sealed import seal, trace, unseal
from kyanh_portal.reminders.due import due_for
from kyanh_portal.reports.models import ReportFile, ReportRun
from kyanh_portal.reports.running import run_report
from tests.factories.chibo import make_user

pytestmark = pytest.mark.django_db
NUMBER = "000000000123"
MODELS_ABOUT_MEMBERS = [
    model
    for model in apps.get_app_config("chibo").get_models()
    if model is Member or any(field.related_model in (Member, Discipline) for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize("model", MODELS_ABOUT_MEMBERS, ids=lambda model: model.__name__)
def test_every_field_about_a_member_has_its_class(model):
    label = model._meta.label
    names = {field.name for field in model._meta.concrete_fields}
    assert [name for name in names if class_of(label, name) is None] == [], "add it to chibo/fieldclasses.py"
    assert set(CLASSES[label]) - names == set(), "no such field any more"


def test_control_1_scope(world, client):
    set_number(world.members_b1[0], NUMBER, by=None)
    client.force_login(world.users["secretary"])
    for path in ("", "so/", "xem-so/", "de-nghi/"):
        assert client.get(f"/to-chuc/dang-vien/{world.members_a2[0].pk}/{path}").status_code == 404
    with pytest.raises(RuleBroken):
        find_by_number(NUMBER, by=world.users["secretary"])
    assert find_by_number(NUMBER, by=world.users["organising"]) == world.members_b1[0]


def test_control_2_field_rights(world, client):
    member = world.members_a1[0]
    set_number(member, "0000 0000 0123", by=world.users["secretary"])
    for role in ("secretary", "committee", "office", "organising", "inspection"):
        client.force_login(world.users[role])
        page = client.get(member.get_absolute_url()).content.decode()
        assert NUMBER not in page and ("0•••••••0123" in page) == (role in ("secretary", "organising"))
    client.force_login(world.users["secretary"])
    address = f"/to-chuc/dang-vien/{member.pk}/xem-so/"
    assert (
        client.post(address, {"reason": "x"}).status_code == 422 and NUMBER not in client.get(address).content.decode()
    )
    shown = client.post(address, {"reason": "Đối chiếu khi làm thẻ"})
    assert NUMBER in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert AuditEntry.objects.get(verb="member.number_shown").facts == {"reason": "Đối chiếu khi làm thẻ"}
    assert NUMBER not in client.get(address).content.decode() and NUMBER not in str(list(Session.objects.values()))


def test_control_3_separation(world):
    own, user = world.members_a1[5], make_user("kiem", Role.CELL_SECRETARY, world.cell_a1)
    Member.objects.filter(user=world.users["member"]).update(user=None)
    own.user = user
    own.save()
    request = ask_about_data(own, "sua", by=user, text="Ngày sinh 1/1/1960")
    with pytest.raises(RuleBroken, match="tự trả lời"):
        answer_request(request, True, "Đã sửa", by=user)
    assert answer_request(request, True, "Đã sửa", by=world.users["organising"]).answered_at
    with pytest.raises(Conflict):
        answer_request(request, False, "Không", by=world.users["organising"])


def test_control_4_log(world):
    member, by = world.members_a1[0], world.users["organising"]
    set_number(member, NUMBER, by=by)
    show_number(member, "Đối chiếu thẻ", by=by)
    find_by_number(NUMBER, by=by)
    verbs = list(AuditEntry.objects.filter(verb__startswith="member.number").values_list("verb", flat=True))
    assert sorted(verbs) == ["member.number_searched", "member.number_set", "member.number_shown"]
    assert NUMBER not in str(list(AuditEntry.objects.values()))
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(verb="member.number_shown").delete()


def export(world, client, query="", role="organising", address="/to-chuc/dang-vien/xuat/"):
    client.force_login(world.users[role])
    sent = client.post(f"{address}{query}", {"reason": "Lập danh sách đại hội"})
    if sent.status_code != 302:
        return sent, None
    run = ReportRun.objects.latest("pk")
    run_report(run.pk)
    content = bytes(ReportFile.objects.get(run=run).content)
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows())
    assert not [cell.coordinate for row in rows for cell in row if cell.data_type == "f"], "a formula in the file"
    return run, [[cell.value for cell in row] for row in rows]


def test_control_5_export(world, client):
    member = world.members_a1[0]
    correct_member(member, by=None, full_name="=HYPERLINK(1) Mẫu")
    set_number(member, NUMBER, by=None)
    for role in ("secretary", "committee", "standing", "inspection", "member", "stranger"):
        assert export(world, client, role=role)[0].status_code == 403
    run, rows = export(world, client, "?cell=A1&standing=official")
    head = next(at for at, row in enumerate(rows) if row[0] == "TT")
    names = [row[1] for row in rows[head + 1 :]]
    assert len(names) == 9 and "=HYPERLINK(1) Mẫu" in names and NUMBER not in str(rows)
    assert "Lập danh sách đại hội" in rows[1][0] and "organising" in rows[1][0] and "9 đồng chí" in rows[2][0]
    told = AuditEntry.objects.get(verb="list.exported").facts
    assert (told["rows"], told["filters"]) == (9, ["cell", "standing"])
    assert client.get(run.get_absolute_url()).status_code == 200
    client.force_login(world.users["office"])
    assert client.get(run.get_absolute_url()).status_code == 404  # the own link only
    assert not any(one.mask for name in exported_fields("chibo.Member") for one in [CLASSES["chibo.Member"][name]])


def test_an_export_has_the_columns_its_reader_is_shown(world, client):
    """Where the card was issued goes out to who may see it (fieldclasses), and to nobody else."""
    member = world.members_a1[0]
    correct_member(member, by=None, card_place="Tỉnh ủy Giả", card_issued_on=dt.date(2011, 5, 19))
    seen = {role: export(world, client, "?cell=A1", role=role)[1] for role in ("organising", "office")}
    heads = {role: next(row for row in rows if row[0] == "TT") for role, rows in seen.items()}
    at = heads["organising"].index("Nơi cấp thẻ")
    line = next(row for row in seen["organising"] if row[1] == member.full_name)
    assert line[at] == "Tỉnh ủy Giả" and "19/5/2011" in line
    assert "Nơi cấp thẻ" not in heads["office"] and "Tỉnh ủy Giả" not in str(seen["office"])
    assert "Điều kiện lọc: Chi bộ: A1. Tính" in seen["office"][2][0]


def test_an_export_is_limited_per_hour_and_by_rows(world, client):
    for _ in range(6):
        assert export(world, client)[1]
    refused, _ = export(world, client)
    assert refused.status_code == 422 and "6 lần" in refused.content.decode()


def test_an_export_of_organisations_and_of_a_past_day(world, client):
    _, rows = export(world, client, "?name=A1", address="/to-chuc/don-vi/xuat/")
    assert [row[1] for row in rows if isinstance(row[0], int)] == ["Chi bộ A1"]
    _, rows = export(world, client, "?ngay=2016-01-01&cell=A2")
    assert len([row for row in rows if isinstance(row[0], int)]) == 5


def test_control_6_login(world, client):
    """Named accounts only; rights end on the day the role ends (sessions, lock, second factor: tests/kyanh_portal/accounts)."""
    member = world.members_a1[0]
    client.force_login(world.users["organising"])
    assert client.get(f"/to-chuc/dang-vien/{member.pk}/xem-so/").status_code == 200
    world.users["organising"].grants.update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(f"/to-chuc/dang-vien/{member.pk}/xem-so/").status_code in (302, 403, 404)


def test_control_7_encryption(world, settings):
    set_number(world.members_a1[0], NUMBER, by=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed, trace, shown FROM chibo_memberidentity")
        assert NUMBER not in str(cursor.fetchone())
    assert seal(NUMBER) != seal(NUMBER) and unseal(seal(NUMBER)) == NUMBER
    with pytest.raises(RuleBroken, match="đã có ở một đồng chí khác"):
        set_number(world.members_b1[0], NUMBER, by=None)
    settings.FIELD_KEYS = ["a" * 40]
    old, found = seal(NUMBER), trace(NUMBER)
    settings.FIELD_KEYS = ["b" * 40, "a" * 40]
    assert unseal(old) == NUMBER and trace(NUMBER) == found
    settings.FIELD_KEYS = ["b" * 40]
    with pytest.raises(RuleBroken):
        unseal(old)
    with pytest.raises(RuleBroken):
        unseal(Fernet(Fernet.generate_key()).encrypt(b"x").decode())


def test_a_real_installation_needs_its_own_keys(settings):
    settings.FIELD_KEYS = []
    assert "deploy.E025" in {one.id for one in run_checks(tags=["security"], include_deployment_checks=True)}


def test_control_8_history(world):
    member = world.members_a1[0]
    correct_member(member, by=world.users["organising"], official_on=dt.date(2011, 2, 1))
    told = AuditEntry.objects.get(verb="member.corrected").facts["changes"]
    assert told["official_on"] == ["2011-01-01", "2011-02-01"]
    with pytest.raises(DatabaseError), transaction.atomic():
        member.delete()


def test_control_9_handover(world, client):
    """The whole list with its count, for the minutes of a handover between clerks."""
    _, rows = export(world, client, role="office")
    assert "20 đồng chí" in rows[2][0] and len([row for row in rows if isinstance(row[0], int)]) == 20


def test_control_10_reconciliation(world):
    from tests.factories.lists import person
    from tests.kyanh_portal.exchange.test_import import check

    before = Member.objects.count()
    run = check(world, [person(1), person(2, cell="Chi bộ A2")], "compare")
    assert (run.counts["new"], run.counts["missing"], Member.objects.count()) == (2, 15, before) and not run.may_confirm


def test_control_11_no_attachments():
    from kyanh_portal.files.models import StoredFile

    assert [
        model
        for model in MODELS_ABOUT_MEMBERS
        if any(f.related_model is StoredFile or isinstance(f, FileField) for f in model._meta.get_fields())
    ] == []


def test_control_12_demonstration_data():
    """Numbers of the demo world begin with 000, which no province has."""
    from chibo.demo_privacy import demo_number

    assert all(demo_number(n).startswith("000") and len(demo_number(n)) == 12 for n in (1, 10_000))


def test_control_13_incident(world, client):
    client.force_login(world.users["member"])
    found = timezone.localtime() - dt.timedelta(hours=2)
    answers = {"organisation": world.cell_a1.pk, "what": "Gửi nhầm tệp", "found_at": f"{found:%Y-%m-%dT%H:%M}"}
    assert client.post("/to-chuc/su-co/moi/", answers).status_code == 302
    incident = Incident.objects.get()
    assert incident.tell_until - incident.found_at == dt.timedelta(hours=72) and len(incident.affected) == 10
    assert client.get(incident.get_absolute_url()).status_code == 200
    assert client.get(f"{incident.get_absolute_url()}ma/").status_code == 403
    user = world.users["organising"]
    assert any(source.code == "incidents" for source, _ in due_for(user, timezone.localdate()))
    with pytest.raises(RuleBroken, match="rồi mới kết thúc"):
        handle_incident(incident, by=user, is_closed=True)
    client.force_login(user)
    ids = load_workbook(io.BytesIO(client.get(f"{incident.get_absolute_url()}ma/").content)).active
    assert {row[1].value for row in ids.iter_rows(min_row=3)} == set(incident.affected)
    sent = {
        "measures": "Thu hồi tệp",
        "told_to": "Phòng A05, công văn 12",
        "told_at": f"{timezone.localtime() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "is_closed": "on",
    }
    assert client.post(f"{incident.get_absolute_url()}xu-ly/", sent).status_code == 302
    incident.refresh_from_db()
    assert incident.told_at and incident.closed_at
    assert not any(source.code == "incidents" for source, _ in due_for(user, timezone.localdate()))


def test_control_14_no_model_outside(settings):
    """Pages may speak to nobody else: nothing of the register can reach a service outside."""
    sources = [str(word) for words in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for word in words]
    assert not [word for word in sources if "http" in word or "*" in word]


def test_a_member_sees_the_own_data_field_by_field_and_asks(world, client):
    member = world.members_a1[5]
    set_number(member, NUMBER, by=None)
    client.force_login(world.users["member"])
    page = client.get("/to-chuc/du-lieu-cua-toi/").content.decode()
    assert member.full_name in page and "0•••••••0123" in page and NUMBER not in page
    shown = {name: value for label, value, level, purpose, name in data_of(member)[0][1]}
    expected = {name for name, one in CLASSES["chibo.Member"].items() if one.level != "T"} - {"sort_key", "search_key"}
    assert set(shown) == expected and shown["admitted_on"] == "01/01/2010" and shown["organisation"] == "Chi bộ A1"
    asked = client.post("/to-chuc/du-lieu-cua-toi/de-nghi/", {"kind": "sua", "about": "born_on", "text": "1/1/1970"})
    request = DataRequest.objects.get()
    assert asked.status_code == 302 and request.member == member
    assert any(source.code == "data_requests" for source, _ in due_for(world.users["secretary"], timezone.localdate()))
    answer_request(request, True, "Đã sửa ngày sinh", by=world.users["secretary"])
    assert "Đã sửa ngày sinh" in client.get("/to-chuc/du-lieu-cua-toi/").content.decode()


def test_retention_clears_what_is_over_and_nothing_twice(world, client):
    gone, stays = world.members_a1[8], world.members_a1[7]
    for member, number, left in (
        (gone, "000000000001", dt.date(2015, 5, 1)),
        (stays, "000000000002", timezone.localdate()),
    ):
        set_number(member, number, by=None)
        Exit.objects.create(member=member, reason="XIN_RA", left_on=left, decision="QĐ 1 (giả lập)")
    old = ask_about_data(gone, "sua", by=None, text="lời lẽ", asked_on=dt.date(2015, 1, 5))
    DataRequest.objects.filter(pk=old.pk).update(answered_at=timezone.now() - dt.timedelta(days=6 * 366), answer="xong")
    Session.objects.create(session_key="cu", session_data="", expire_date=timezone.now() - dt.timedelta(days=1))
    before = AuditEntry.objects.exclude(verb="data.retention").count()
    assert clear_what_is_over() == {"sessions": 1}
    assert clear_what_is_over() == {}
    assert MemberIdentity.objects.count() == 2, "personal data wait for staff"
    officer = world.users["organising"]
    assert sorted(item.title for item in retention_due(officer, timezone.localdate())) == ["Xem, xóa 1 mục hết hạn giữ"] * 2  # fmt: skip
    assert not list(retention_due(world.users["secretary"], timezone.localdate()))
    client.force_login(world.users["secretary"])
    assert client.post("/to-chuc/so-xu-ly-du-lieu/het-han/left/").status_code == 403
    client.force_login(officer)
    for code in ("left", "requests"):
        page = client.get(f"/to-chuc/so-xu-ly-du-lieu/het-han/{code}/").content.decode()
        assert gone.full_name in page
        assert client.post(f"/to-chuc/so-xu-ly-du-lieu/het-han/{code}/").status_code == 302
        assert client.post(f"/to-chuc/so-xu-ly-du-lieu/het-han/{code}/").status_code == 422
    assert client.get("/to-chuc/so-xu-ly-du-lieu/het-han/sessions/").status_code == 404
    assert AuditEntry.objects.filter(verb="data.retention").count() == 3
    assert AuditEntry.objects.exclude(verb="data.retention").count() >= before, "the trail itself is never touched"
    assert list(MemberIdentity.objects.values_list("member", flat=True)) == [stays.pk] and Exit.objects.count() == 2


def test_the_processing_register_is_printed_from_the_rule_file(world, client):
    client.force_login(world.users["inspection"])
    page = client.get("/to-chuc/so-xu-ly-du-lieu/").content.decode()
    assert all(line["purpose"] in page for line in processing_register()) and "Không xóa" in page


def test_the_account_page_leads_to_the_own_data(world, client):
    client.force_login(world.users["member"])
    page = client.get("/tai-khoan/").content.decode()
    assert (
        "/to-chuc/du-lieu-cua-toi/" in page and "/to-chuc/su-co/moi/" in page and 'href="/to-chuc/su-co/"' not in page
    )
