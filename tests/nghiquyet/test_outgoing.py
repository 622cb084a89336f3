"""A paper of any type: written, signed, numbered; refused where the rules say not; registered; secret ones only a place."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from nghiquyet.choices import PaperStatus
from nghiquyet.models import IncomingPaper, OutgoingPaper
from nghiquyet.services import incoming, outgoing
from tests.factories import nghiquyet

DAY = dt.date(2021, 2, 3)
TEXT = "I- MỤC ĐÍCH\nTổ chức tốt.\nII- THỰC HIỆN\n1. Phân công\nVăn phòng chủ trì"


def plan(world, title="tổ chức hội nghị", **fields):
    fields = {"organisation": world.town, "type_code": "plan", "text": TEXT, "signer_name": "Nguyễn Mẫu Ký", **fields}
    fields.setdefault("signer_position", "BÍ THƯ")
    return outgoing.write_paper(by=world.users["office"], title=title, **fields)


def issued(world, paper, day=DAY):
    return outgoing.issue_paper(
        outgoing.send_to_sign(paper, by=world.users["office"]), by=world.users["office"], dated=day
    )


def test_paper_goes_from_three_answers_to_a_number(world):
    paper = issued(world, plan(world, "Kế hoạch tổ chức hội nghị."))
    assert paper.document.number_line == "Số 01-KH/ThU"
    assert paper.title == "tổ chức hội nghị"
    assert content_of(paper.document).body[-1].text == "Văn phòng chủ trì."
    assert issued(world, plan(world, "việc hai")).document.number_line == "Số 02-KH/ThU"
    assert issued(world, plan(world, "việc ba", type_code="notice")).document.number_line == "Số 01-TB/ThU"


def test_decision_and_regulation_share_a_symbol_not_a_series(world):
    first = issued(world, plan(world, type_code="decision"))
    second = issued(world, plan(world, type_code="regulation"))
    assert first.document.number_line == second.document.number_line == "Số 01-QĐ/ThU"


def test_the_last_paper_fills_the_next(world):
    outgoing.edit_paper(plan(world), by=None, recipients="Các chi bộ\nLưu Văn phòng Thị uỷ", keep_list="Các chi bộ")
    second = outgoing.write_paper(by=None, organisation=world.town, type_code="plan", title="việc hai")
    assert (second.text, second.recipients) == (TEXT, "Các chi bộ\nLưu Văn phòng Thị uỷ")
    kept = world.town.recipient_lists.get()
    letter = outgoing.write_paper(
        by=None, organisation=world.town, type_code="letter", title="V/v nộp báo cáo", recipient_list=kept
    )
    assert letter.title == "về việc nộp báo cáo"
    assert letter.recipients == kept.lines


def test_what_lacks_is_named_before_signing(world):
    letter = outgoing.write_paper(by=None, organisation=world.town, type_code="letter", title="nộp báo cáo")
    with pytest.raises(RuleBroken) as broken:
        outgoing.send_to_sign(letter, by=None)
    assert any("…" in line for line, _ in broken.value.missing)
    assert any("kính gửi" in line for line, _ in broken.value.missing)


def test_cell_may_not_issue_guidance_since_2026_and_nobody_knows_before(world):
    assert outgoing.authority_for(world.cell_a1, "guidance", "cell", dt.date(2026, 2, 1)).allowed is False
    assert outgoing.authority_for(world.cell_a1, "statute", "cell", dt.date(2026, 2, 1)).allowed is True
    assert outgoing.authority_for(world.cell_a1, "guidance", "cell", dt.date(2020, 2, 1)).allowed is None
    with pytest.raises(RuleBroken, match="399-QĐ/TW"):
        outgoing.check_authority(world.cell_a1, "directive", "cell", dt.date(2026, 2, 1))


def test_issued_paper_is_frozen_by_the_database(world):
    paper = issued(world, plan(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingPaper.objects.filter(pk=paper.pk).update(title="khác")
    with pytest.raises(RuleBroken, match="đã ban hành"):
        outgoing.edit_paper(paper, by=None, title="khác")


def test_secret_paper_is_only_a_place_in_the_series(world, client):
    issued(world, plan(world))
    stub = outgoing.keep_secret_place(by=world.users["office"], organisation=world.town, type_code="plan", dated=DAY)
    assert stub.document.number == 2
    assert stub.title == stub.document.title == "Tài liệu mật, theo dõi riêng"
    assert content_of(stub.document).body == ()
    assert issued(world, plan(world, "việc ba")).document.number == 3
    client.force_login(world.users["office"])
    assert client.get(reverse("documents:pdf", args=[stub.document_id])).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingPaper.objects.create(
            organisation=world.town, type_code="plan", title="lộ", signing="standing", is_secret=True, text="lộ"
        )


def test_clerk_writes_signs_numbers_over_the_pages(world, client):
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:outgoing_write")
    client.post(page, {"organisation": world.town.pk, "type_code": "plan", "title": "kiểm tra", "from_last": "on"})
    paper = OutgoingPaper.objects.get()
    sent = {
        "title": "kiểm tra", "text": TEXT, "recipients": paper.recipients, "signing": "standing",
        "signer_name": "TS. Nguyễn Mẫu Ký", "signer_position": "bí thư", "bases": "", "seen_at": paper.updated_at.isoformat(),
    }  # fmt: skip
    assert client.post(reverse("nghiquyet:outgoing_edit", args=[paper.pk]), sent).status_code == 302
    late = client.post(reverse("nghiquyet:outgoing_edit", args=[paper.pk]), {**sent, "text": "Lời khác."})
    assert late.status_code == 409
    assert "Lời khác." in late.content.decode()
    assert client.post(reverse("nghiquyet:outgoing_to_sign", args=[paper.pk]), {}).status_code == 302
    assert client.post(reverse("nghiquyet:outgoing_issue", args=[paper.pk]), {"dated": "2021-02-03"}).status_code == 302
    paper.refresh_from_db()
    assert (paper.status, paper.signer_name, paper.signer_position) == (PaperStatus.ISSUED, "Nguyễn Mẫu Ký", "BÍ THƯ")
    assert client.get(paper.get_absolute_url()).status_code == 200


def test_register_lists_numbers_on_page_sheet_and_paper(world, client):
    issued(world, plan(world))
    issued(world, plan(world, "việc hai", type_code="notice"))
    client.force_login(world.users["office"])
    page = client.get(reverse("documents:register"), {"type_name": "KẾ HOẠCH"}).content.decode()
    assert "01-KH/ThU" in page
    assert "01-TB/ThU" not in page
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("documents:register_xlsx")).content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert {"01-KH/ThU", "01-TB/ThU"} <= set(cells)
    assert client.get(reverse("documents:register_pdf")).content.startswith(b"%PDF")
    client.force_login(world.users["secretary"])
    assert "01-KH/ThU" not in client.get(reverse("documents:register")).content.decode()


def keep(world, **fields):
    fields = {
        "organisation": world.town, "issuer": "Ban Thường vụ Tỉnh ủy", "number_line": "05-CT/TU", "dated": DAY,
        "type_name": "Chỉ thị", "title": "về đại hội", "received_on": DAY, **fields,
    }  # fmt: skip
    return incoming.keep_incoming(by=world.users["office"], **fields)


def test_incoming_paper_is_entered_once(world):
    keep(world)
    with pytest.raises(RuleBroken, match="đã ghi"):
        keep(world, issuer="BAN THƯỜNG VỤ TỈNH UỶ", number_line="Số 05-CT/TU", title="khác")
    keep(world, dated=dt.date(2020, 1, 3))
    assert IncomingPaper.objects.count() == 2
    assert keep(world, number_line="06-CT/TU", title="lộ", is_secret=True).title == "Tài liệu mật, theo dõi riêng"


def test_three_papers_ask_no_more_than_one(world, client):
    from tests.test_query_counts import questions

    client.force_login(world.users["office"])
    issued(world, plan(world))
    keep(world)
    pages = [reverse(name) for name in ("nghiquyet:outgoing_list", "documents:register", "nghiquyet:incoming_list")]
    one = [questions(client, page) for page in pages]
    for i in range(2):
        issued(world, plan(world, f"việc {i}"))
        keep(world, number_line=f"0{i + 1}-CV/TU")
    assert [questions(client, page) for page in pages] == one


def test_a_paper_received_becomes_a_ground_by_one_tick(world, client):
    paper = nghiquyet.received(world.town)
    resolution = nghiquyet.thematic(world)
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:resolution_edit", args=[resolution.pk])
    form = client.get(page).context["form"]
    assert str(paper) in client.get(page).text
    client.post(page, {**{k: v or "" for k, v in form.initial.items()}, "cites": [paper.pk]})
    resolution.refresh_from_db()
    assert resolution.bases.split("\n")[-1] == "Căn cứ Chỉ thị số 05-CT/TU, ngày 18/12/2020 của Tỉnh ủy về đại hội"
    assert 'name="cites"' not in client.get(page).text  # it stands there already


def test_a_written_paper_cites_a_received_one_too(world, client):
    received, paper = nghiquyet.received(world.town), nghiquyet.paper(world.town)
    client.force_login(world.users["office"])
    page = reverse("nghiquyet:outgoing_edit", args=[paper.pk])
    form = client.get(page).context["form"]
    assert (
        client.post(page, {**{k: v or "" for k, v in form.initial.items()}, "cites": [received.pk]}).status_code == 302
    )
    paper.refresh_from_db()
    assert paper.bases == received.as_basis


def test_all_that_a_received_paper_lacks_is_told_at_once(world, client):
    client.force_login(world.users["office"])
    refused = client.post(reverse("nghiquyet:incoming_create"), {"organisation": world.town.pk, "dated": "2020-12-01", "received_on": "2020-12-02", "type_name": "Chỉ thị"})  # fmt: skip
    assert refused.status_code == 422
    assert {"issuer", "number_line", "title"} <= set(refused.context["form"].errors)
