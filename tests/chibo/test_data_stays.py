"""Controls 6, 9, 11 and 14 where one page does not show them: who may sign in, what a handover says, no scans of people,
and that nothing about a member leaves the premises, for a language model or anything else."""

import ast
import datetime as dt
import importlib
import io
import pkgutil
import re
import sys

import pytest
from django import forms
from django.apps import apps
from django.conf import settings as configured
from django.db.models import BinaryField, FileField
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

import chibo.forms
from chibo.models import Member, RoleGrant
from chibo.services.privacy import ask_about_data, find_by_number, set_number
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.files.holders import holders
from kyanh_portal.files.models import StoredFile
from kyanh_portal.reports.models import ReportFile, ReportRun
from kyanh_portal.reports.running import run_report
from kyanh_portal.search.query import find
from tests.factories.lists import person
from tests.kyanh_portal.exchange.test_import import check, write

PACKAGES = ("chibo", "hoithao", "nghiquyet", "kyanh_portal")
# What opens a connection; and who may: each speaks to this machine or to a server of the premises.
REACHING = {
    "socket", "ssl", "asyncio", "http.client", "urllib.request", "xmlrpc.client", "smtplib", "imaplib", "poplib", "ftplib",
    "django.core.mail", "urllib3", "requests", "httpx", "aiohttp", "websockets", "grpc", "pycurl",
}  # fmt: skip
MAY_CONNECT = {
    "kyanh_portal/filecheck/virus.py": "the scanner of files named by CLAMD_ADDRESS; it gets files, no rows",
    "kyanh_portal/base/run.py": "asks whether the own web server answers",
    "hoithao/bench.py": "measures the own web server",
}
# Clients of other people's services; none is installed with the portal, not even through another package.
CLIENTS = re.compile(
    r"(?m)^(requests|httpx|aiohttp|urllib3|httplib2|grpcio|websockets|pycurl|openai|anthropic|cohere|mistralai|groq|ollama|"
    r"litellm|langchain[\w-]*|llama[\w-]*|transformers|torch|tensorflow|google-[\w-]+|boto3|azure-[\w-]+|sentry-sdk)=="
)


def imports_of(path) -> set[str]:
    """Every module a file names in an import, wherever in the file it stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_control_14_no_code_of_the_portal_can_speak_to_a_service_outside():
    """A new import of something that connects fails here: whoever adds it says to whom it speaks, and why that is inside."""
    root = configured.BASE_DIR
    reaching = {}
    for package in PACKAGES:
        for path in (root / package).rglob("*.py"):
            if found := imports_of(path) & REACHING:
                reaching[str(path.relative_to(root))] = found
    assert set(reaching) == set(MAY_CONNECT), reaching
    assert CLIENTS.findall((root / "requirements.lock").read_text()) == []


class Watch:
    """Says no to every connection but to this machine, while it is on. (A hook of the interpreter cannot be taken off.)"""

    on = False
    asked: list = []

    def __call__(self, event, arguments):
        if not self.on or event not in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "smtplib.connect"):
            return
        address = arguments[1] if event.startswith("socket.c") or event == "socket.sendto" else arguments[0]
        host = address[0] if isinstance(address, tuple) else address
        if str(host) not in ("127.0.0.1", "::1", "localhost") and not str(host).startswith("/"):
            self.asked.append((event, address))
            raise ConnectionRefusedError(f"{event} {address}: member data stays on the premises")


watch = Watch()
sys.addaudithook(watch)


@pytest.fixture
def watched():
    """Every connection asked for while a test works, but those to this machine."""
    watch.asked, watch.on = [], True
    yield watch.asked
    watch.on = False


@pytest.mark.django_db
def test_control_14_work_with_members_connects_to_nothing_outside(world, client, watched):
    """Looking, searching by name and number, bringing a list in, sending one out: nobody outside is even asked for."""
    member, user = world.members_a1[0], world.users["organising"]
    client.force_login(user)
    set_number(member, "000000000123", by=user)
    assert write(check(world, [person(1), person(2)])).state == "done"
    for address in (
        member.get_absolute_url(),
        "/to-chuc/dang-vien/",
        "/tim/?q=mau",
        "/to-chuc/bang/",
        "/viec-den-han/",
    ):
        assert client.get(address).status_code == 200
    assert client.post(f"{member.get_absolute_url()}xem-so/", {"reason": "Đối chiếu thẻ"}).status_code == 200
    assert find_by_number("000000000123", by=user) == member and find(member.full_name, user)
    assert client.post("/to-chuc/dang-vien/xuat/", {"reason": "Lập danh sách đại hội"}).status_code == 302
    run_report(ReportRun.objects.latest("pk").pk)
    assert ReportFile.objects.exists() and client.get("/to-chuc/so-xu-ly-du-lieu/in/").status_code == 200
    assert watched == []


def fields_of_forms():
    """(form, field) of every form of the app, as declared."""
    for module in pkgutil.iter_modules(chibo.forms.__path__, "chibo.forms."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm):
                yield from ((one.__name__, name, field) for name, field in one.base_fields.items())


def test_control_11_nowhere_in_the_register_can_a_scan_be_kept():
    """Neither in a table, by a form, nor through the room of files: only numbers and dates of decisions are kept."""
    tables = [
        field
        for model in apps.get_app_config("chibo").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, (FileField, BinaryField)) or field.related_model is StoredFile
    ]
    assert tables == []
    taking = [(form, name) for form, name, field in fields_of_forms() if isinstance(field, forms.FileField)]
    assert taking == [] and len(list(fields_of_forms())) > 100
    about_people = [one.code for one in holders if one.rows.__module__.startswith("chibo")]
    assert about_people == [] and len(list(holders)) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["secretary", "organising", "office"])
def test_control_6_rights_end_with_the_day_the_role_ends(world, client, role):
    """Still signed in, still a good password: the day after the last one, the register is shut."""
    user, today = world.users[role], timezone.localdate()
    client.force_login(user)
    address = world.members_a1[0].get_absolute_url()
    RoleGrant.objects.filter(user=user).update(ends_on=today)
    assert client.get(address).status_code == 200, "the last day counts"
    RoleGrant.objects.filter(user=user).update(ends_on=today - dt.timedelta(days=1))
    assert client.get(address).status_code in (302, 403, 404)
    assert not Member.objects.visible_to(user).exists()


@pytest.mark.django_db
def test_control_6_a_closed_account_is_out_at_once(world, client):
    user = world.users["organising"]
    client.force_login(user)
    assert client.get("/to-chuc/dang-vien/").status_code == 200
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/to-chuc/dang-vien/").status_code == 302


@pytest.mark.django_db
def test_control_9_the_list_of_a_handover_is_whole_and_says_how_many(world, client):
    """Every member of the branch, once, with the count on the sheet: what giver and receiver sign for."""
    client.force_login(world.users["organising"])
    assert client.post("/to-chuc/dang-vien/xuat/", {"reason": "Bàn giao giữa hai cán bộ"}).status_code == 302
    run = ReportRun.objects.latest("pk")
    run_report(run.pk)
    rows = list(load_workbook(io.BytesIO(bytes(ReportFile.objects.get(run=run).content))).active.values)
    names = sorted(row[1] for row in rows if isinstance(row[0], int))
    there = sorted(Member.objects.present_on(timezone.localdate()).values_list("full_name", flat=True))
    assert names == there and f"{len(there)} đồng chí" in str(rows[2][0])


@pytest.mark.django_db
def test_control_9_the_minutes_of_a_handover_count_what_is_handed_over(world, client):
    """A paper for both to sign: members by unit as on the list, what is open, the two names; told in the trail."""
    ask_about_data(world.members_a1[0], "xem", by=None)
    set_number(world.members_a1[1], "000000000123", by=None)
    client.force_login(world.users["organising"])
    sent = client.post(
        "/bao-cao/moi/ban-giao/", {"giver": "Trần Mẫu Giao", "receiver": "Lê Mẫu Nhận", "formats": "pdf"}
    )
    assert sent.status_code == 302
    run = ReportRun.objects.latest("pk")
    run_report(run.pk)
    reader = PdfReader(io.BytesIO(bytes(ReportFile.objects.get(run=run).content)))
    printed = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    there = Member.objects.present_on(timezone.localdate())
    official = there.filter(official_on__lte=timezone.localdate()).count()
    cells = there.order_by().values("organisation").distinct().count()
    assert f"Cộng {cells} {official} {there.count() - official} {there.count()}" in printed
    assert "Đề nghị về dữ liệu chưa trả lời 1" in printed and "đã ghi (giữ dạng mã hóa) 1" in printed
    assert printed.count("Trần Mẫu Giao") == printed.count("Lê Mẫu Nhận") == 2
    assert AuditEntry.objects.get(verb="list.handed_over").facts["members"] == there.count()
    client.force_login(world.users["secretary"])
    assert client.get("/bao-cao/moi/ban-giao/").status_code == 403
    assert "ban-giao" not in client.get("/bao-cao/moi/").content.decode()
