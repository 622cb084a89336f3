"""From the workshop of 18/12/2020 to the printed thematic resolution: draft, edit, adopt, issue, PDF."""

import io
import uuid

from django.urls import reverse
from pypdf import PdfReader

from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.base.calendar import today
from nghiquyet.choices import Level, Status
from nghiquyet.models import Resolution
from nghiquyet.services.moving import DOSSIER
from tests.factories import nghiquyet


def send(client, address, **answers):
    answer = client.post(address, {"once": uuid.uuid4(), **answers})
    assert answer.status_code == 302, answer.text
    return answer.url


def test_workshop_becomes_an_issued_resolution_on_paper(client, world):
    workshop = nghiquyet.workshop(world, points=3)
    client.force_login(world.users["office"])

    # The workshop's page holds one button; its conclusion becomes sections with linked tasks.
    draft_url = reverse("nghiquyet:workshop_draft", args=[workshop.pk])
    assert draft_url in client.get(reverse("hoithao:workshop_detail", args=[workshop.pk])).text
    page = send(
        client, draft_url, title="về nâng cao chất lượng sinh hoạt cấp ủy, sinh hoạt chi bộ.", signing="standing"
    )
    resolution = Resolution.objects.get()
    assert page == resolution.get_absolute_url()
    assert client.get(page).text.count("Kết luận điểm") >= 3

    # It cannot be adopted while parts wait for their words.
    adopt_url = reverse("nghiquyet:resolution_adopt", args=[resolution.pk])
    vote = {"on": "2021-02-01", "base": "15", "in_favour": "15"}
    step = lambda target: reverse("nghiquyet:resolution_move", args=[resolution.pk, target])  # noqa: E731
    refused = client.post(step("comments"), {"once": uuid.uuid4(), "until": str(today())})
    assert refused.status_code == 422
    assert "chưa có lời văn" in refused.text

    # The words are written, field by field; the draft says so on paper.
    for clause in resolution.clauses.exclude(level=Level.SECTION).filter(text=""):
        saved = client.post(
            reverse("nghiquyet:clause_save", args=[resolution.pk]),
            {"field": f"text_{clause.pk}", "value": f"Lời văn của phần {clause.order}.", "seen": ""},
        )
        assert saved.status_code == 200
    draft = client.get(reverse("documents:draft_pdf", args=["resolution", resolution.pk]))
    assert "Dự thảo lần 1" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(draft.content)).pages)

    # Adopted by the standing committee, issued by the office.
    send(client, step("comments"), until=str(today()), asked=[world.ward_a.pk])
    version = resolution.versions.get()
    assert "Nhiệm vụ thứ 1" in client.get(version.get_absolute_url()).text
    send(
        client, reverse("nghiquyet:comment_create", args=[version.pk]), organisation=world.town.pk, clause="",
        text="Nêu rõ người làm.",
    )  # fmt: skip
    send(client, step("revision"), note="Đã đủ ý kiến")
    comment = version.comments.get()
    send(
        client, reverse("nghiquyet:comment_answer", args=[comment.pk]), verdict="partly", answer="Ghi ở kế hoạch riêng."
    )
    assert "Ghi ở kế hoạch riêng." in client.get(reverse("nghiquyet:answers", args=[resolution.pk])).text
    assert client.get(reverse("nghiquyet:answers_pdf", args=[resolution.pk])).content.startswith(b"%PDF")
    send(client, reverse("nghiquyet:resolution_dossier", args=[resolution.pk]), codes=list(DOSSIER))
    send(client, step("submitted"))
    assert "giống nhau từng chữ" in client.get(reverse("nghiquyet:resolution_compare", args=[resolution.pk])).text
    send(client, adopt_url, **vote)
    send(client, step("signing"))
    send(
        client, reverse("nghiquyet:resolution_issue", args=[resolution.pk]),
        dated="2021-02-03", signer_name="Nguyễn Mẫu Ký", signer_position="BÍ THƯ",
    )  # fmt: skip
    resolution.refresh_from_db()
    assert resolution.status == Status.ISSUED

    paper = client.get(reverse("documents:pdf", args=[resolution.document_id]))
    reader = PdfReader(io.BytesIO(paper.content))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in (
        "Số 01-NQ/ThU",
        "ngày 03 tháng 02 năm 2021",
        "T/M BAN THƯỜNG VỤ",
        "Nguyễn Mẫu Ký",
        "Nhiệm vụ thứ 3",
        "Lưu Văn phòng Thị uỷ.",
    ):
        assert words in text
    assert "Dự thảo" not in text

    # The workshop's page leads to it, and the trail tells the whole way.
    assert "Số 01-NQ/ThU" in client.get(reverse("hoithao:workshop_detail", args=[workshop.pk])).text
    verbs = set(AuditEntry.objects.filter(by=world.users["office"]).values_list("verb", flat=True))
    assert {
        "resolution.drafted",
        "resolution.adopted",
        "resolution.issued",
        "document.issued",
        "document.downloaded",
    } <= verbs
