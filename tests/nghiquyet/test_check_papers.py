"""Papers of a supervision in the layout of the guide, and guidance written from the table of a type of cell."""

import datetime as dt
import io
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from chibo.models import Organisation, OrganisationKind
from chibo.services.organisations import establish_organisation
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.rendering.pdf import official_pdf
from nghiquyet.documents.supervision import compose, seal_of
from nghiquyet.models import OutgoingPaper, SupervisionPaper
from nghiquyet.services import supervisions as checks
from nghiquyet.services.studies import add_template_item
from tests.papers.checker import check_paper, errors

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 3, 1)


@pytest.fixture
def sign_in(world):
    def sign(role):
        client = Client()
        client.force_login(world.users[role])
        return client

    return sign


@pytest.fixture
def check(world):
    check = checks.plan_supervision(
        by=world.users["inspection"], organisation=world.town, form="thematic", title="nền nếp sinh hoạt", subjects=[world.cell_a1]
    )  # fmt: skip
    for kind, number in (("decision", "12-QĐ/ThU"), ("plan", ""), ("draft", "")):
        checks.add_paper(check, by=None, kind=kind, title="giám sát nền nếp sinh hoạt", dated=DAY, number_line=number, text="Điều 1. Thành lập đoàn giám sát")  # fmt: skip
    for state in ("preparing", "announced"):
        check = checks.advance(check, by=None, state=state, on=DAY)
    return check


def paper(check, kind):
    return SupervisionPaper.objects.get(supervision=check, kind=kind)


def address(form, row):
    return reverse(f"documents:draft_{form}", args=["supervision", row.pk])


def test_a_paper_of_the_dossier_prints_as_an_official_one(sign_in, check):
    inspection, row = sign_in("inspection"), paper(check, "decision")
    assert address("pdf", row) in inspection.get(check.get_absolute_url()).text
    text = PdfReader(io.BytesIO(inspection.get(address("pdf", row)).content)).pages[0].extract_text()
    assert "QUYẾT ĐỊNH" in text and "Số 12-QĐ" in text and "Thành lập đoàn" in text
    word = Document(io.BytesIO(inspection.get(address("docx", row)).content))
    assert any("Thành lập đoàn" in line.text for line in word.paragraphs)


def test_the_supervised_cell_gets_the_plan_and_not_the_draft_of_the_result(sign_in, check):
    secretary = sign_in("secretary")
    assert secretary.get(address("pdf", paper(check, "plan"))).status_code == 200
    assert secretary.get(address("pdf", paper(check, "draft"))).status_code == 404
    for role in ("office", "organising", "stranger"):
        assert sign_in(role).get(address("pdf", paper(check, "decision"))).status_code == 404


def test_a_paper_starts_from_the_usual_text_of_its_kind(sign_in, check):
    page = reverse("nghiquyet:supervision_paper", args=[check.pk])
    form = sign_in("inspection").get(page, {"loai": "notice"}).context["form"]
    assert (form["kind"].value(), "thông báo như sau" in form["text"].value()) == ("notice", True)
    assert sign_in("inspection").get(page, {"loai": "khong-co"}).status_code == 200


def test_guidance_for_a_type_of_cell_is_written_from_its_table(sign_in, world, settings):
    settings.PORTAL_TODAY = dt.date(2021, 4, 3)
    kind = world.cell_a1.cell_type
    add_template_item(by=None, cell_type=kind, text="Việc cụ thể có người làm", valid_from=dt.date(2021, 1, 1))
    answers = {"organisation": world.town.pk, "cell_type": kind.pk, "once": uuid.uuid4()}
    office = sign_in("office")
    assert office.post(reverse("nghiquyet:guidance_write"), answers).status_code == 302
    written = OutgoingPaper.objects.get(type_code="guidance")
    assert "- Việc cụ thể có người làm." in written.text
    assert written.get_absolute_url() in office.get(reverse("nghiquyet:outgoing_list")).text
    refused = sign_in("secretary").post(reverse("nghiquyet:guidance_write"), answers)
    assert refused.status_code in (200, 422) and OutgoingPaper.objects.count() == 1


def test_the_print_desk_leads_to_papers_being_written(sign_in):
    assert reverse("nghiquyet:outgoing_list") in sign_in("office").get(reverse("documents:list")).text


def test_a_paper_takes_the_number_of_the_series_and_shows_the_register_nothing_of_the_dossier(sign_in, world, check):
    page = reverse("nghiquyet:supervision_paper", args=[check.pk])
    answers = {"kind": "notice", "title": "kết quả giám sát Chi bộ A1", "dated": "2021-03-20", "text": "Chi bộ còn ghi biên bản chậm.", "takes_number": "on"}  # fmt: skip
    inspection = sign_in("inspection")
    for _ in range(2):
        assert inspection.post(page, {**answers, "once": uuid.uuid4()}).status_code == 302
    first, second = SupervisionPaper.objects.filter(supervision=check, kind="notice").order_by("pk")
    assert (first.document.number, second.document.number) == (1, 2), "one series, no gap"
    assert first.number_line == first.document.number_line == "Số 01-TB/ThU"
    assert (
        "Số 01-TB/ThU" in PdfReader(io.BytesIO(inspection.get(address("pdf", first)).content)).pages[0].extract_text()
    )
    office = sign_in("office")
    shown = office.get(first.document.get_absolute_url()).text
    assert "hồ sơ riêng" in shown and seal_of(first) in shown
    for secret in ("Chi bộ A1", "chậm"):
        assert secret not in shown and secret not in str(first.document.content)
    assert office.get(address("pdf", first)).status_code == 404
    assert office.get(reverse("documents:draft_pdf", args=["check_place", first.pk])).status_code == 404
    sealed = seal_of(first)
    SupervisionPaper.objects.filter(pk=first.pk).update(text="Chi bộ ghi biên bản tốt.")
    assert seal_of(SupervisionPaper.objects.get(pk=first.pk)) != sealed, "a changed text no longer fits its seal"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "draft"}, "mới lấy số"),
        ({"number_line": "05-TB/ThU"}, "Đã ghi số"),
        ({"text": ""}, "nội dung, hoặc gửi tệp"),
    ],
)
def test_a_number_is_refused_in_words(sign_in, check, more, words):
    page = reverse("nghiquyet:supervision_paper", args=[check.pk])
    answers = {"kind": "notice", "title": "kết quả", "dated": "2021-03-20", "text": "Nội dung.", "takes_number": "on", "once": uuid.uuid4(), **more}  # fmt: skip
    refused = sign_in("inspection").post(page, answers)
    assert refused.status_code == 422 and words in refused.text
    assert not IssuedDocument.objects.filter(kind="check_place").exists()


def test_a_body_counts_by_the_term_of_its_committee(world):
    body = Organisation.objects.filter(parent=world.town, kind__is_body=True).first()
    if body is None:
        body = establish_organisation(
            by=None, kind=OrganisationKind.objects.get(code="uy_ban_kiem_tra"), name="Ủy ban Kiểm tra Thị ủy", parent=world.town,
            header_superior="THỊ UỶ", header_name="UỶ BAN KIỂM TRA", place_name="Kỳ Anh", valid_from=dt.date(2015, 1, 1),
        )  # fmt: skip
    check = checks.plan_supervision(
        by=None, organisation=body, form="thematic", title="nền nếp", subjects=[world.cell_a1]
    )
    row = checks.add_paper(check, by=None, kind="decision", title="lập đoàn", dated=DAY, text="Điều 1. Lập đoàn.", takes_number=True)  # fmt: skip
    assert row.document.number == 1 and row.document.period == world.town.terms.on(DAY).get().period_key


def test_the_seal_in_the_register_is_of_the_text_alone(check):
    row = checks.add_paper(
        check, by=None, kind="plan", title="kế hoạch", dated=DAY, text="Nội dung.", takes_number=True
    )
    unnumbered = SupervisionPaper.objects.get(pk=row.pk)
    unnumbered.number_line = ""
    assert seal_of(unnumbered) == seal_of(row)
    assert seal_of(row) in str(row.document.content)


def test_paper_of_the_inspection_committee_follows_the_guide(world):
    """One spelling on the sheet, and the committee's symbol behind its body's: Số 03-TB/UBKTThU."""
    kind = OrganisationKind.objects.get(code="uy_ban_kiem_tra")
    body = establish_organisation(
        by=None, kind=kind, name="Ủy ban Kiểm tra Thị ủy", header_name="ỦY BAN KIỂM TRA", header_superior="THỊ UỶ MẪU",
        place_name="Kỳ Anh", parent=world.town,
    )  # fmt: skip
    check = checks.plan_supervision(
        by=None, organisation=body, form="thematic", title="nền nếp", subjects=[world.cell_a1]
    )
    text = "\n".join(["I- KẾT QUẢ", *("Chi bộ sinh hoạt đúng kỳ, ghi biên bản đủ nội dung." for _ in range(4))])
    row = checks.add_paper(check, by=None, kind="plan", title="giám sát nền nếp sinh hoạt", dated=DAY, number_line="03-KH/UBKTThU", text=text)  # fmt: skip
    composed = compose(row)
    assert composed.number_line == f"Số 03-KH/UBKT{world.town.document_symbol}"
    assert errors(check_paper(official_pdf(composed), composed)) == []
