"""The print desk: papers chosen or the whole page → one PDF in the order of the list, with an outline."""

import io

from pypdf import PdfReader

from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.reports.models import ReportRun, State
from kyanh_portal.reports.running import run_report
from tests.factories.hoithao import closed


def made(run):
    assert run_report(run.pk) == State.DONE
    run.refresh_from_db()
    return PdfReader(io.BytesIO(bytes(run.files.get().content)))


def test_papers_come_in_the_order_chosen_each_on_a_new_sheet(world, client):
    closed(world.cell_a1, world.members_a1)
    closed(world.cell_a2, world.members_a2)
    client.force_login(world.users["office"])
    ids = list(IssuedDocument.objects.order_by("pk").values_list("pk", flat=True))
    assert len(ids) == 2
    client.post("/bao-cao/tap-in/", {"ids": [ids[1], ids[0], 987654321], "two_sided": "1"})
    run = ReportRun.objects.get()
    book = made(run)
    papers = IssuedDocument.objects.in_bulk(ids)
    assert [mark.title for mark in book.outline] == [
        f"{papers[pk]}, {papers[pk].issuer_name}" for pk in (ids[1], ids[0])
    ]
    begins = [book.get_destination_page_number(mark) for mark in book.outline]
    assert begins[0] == 0 and all(page % 2 == 0 for page in begins) and len(book.pages) % 2 == 0
    assert run.set_aside == ["Văn bản mã 987654321: không có trong phạm vi của đồng chí."]
    page = client.get(run.get_absolute_url()).content.decode()
    assert "1 văn bản để riêng" in page and "987654321" in page


def test_the_whole_page_in_one_go(world, client):
    closed(world.cell_a1, world.members_a1)
    closed(world.cell_a2, world.members_a2)
    client.force_login(world.users["office"])
    desk = client.get("/van-ban/").content.decode()
    ids = [str(pk) for pk in IssuedDocument.objects.values_list("pk", flat=True)]
    assert all(f'name="on_page" value="{pk}"' in desk for pk in ids)
    client.post("/bao-cao/tap-in/", {"on_page": ids, "whole_page": "1"})
    assert sorted(ReportRun.objects.get().parameters["papers"]) == sorted(map(int, ids))
    assert len(made(ReportRun.objects.get()).outline) == 2


def test_papers_of_others_never_come_along(world, client):
    closed(world.cell_a2, world.members_a2)
    client.force_login(world.users["secretary"])
    client.post("/bao-cao/tap-in/", {"ids": [IssuedDocument.objects.get().pk]})
    run = ReportRun.objects.get()
    assert run_report(run.pk) == State.FAILED
    run.refresh_from_db()
    assert "phạm vi" in run.problem and not run.files.exists()
