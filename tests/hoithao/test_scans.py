"""Papers first, numbers later: the printed code is read from a picture of the page, the scan becomes an annex under the seal."""

import datetime as dt
import io
import uuid

import pytest
from django.urls import reverse

from hoithao.choices import Mark, Reason
from hoithao.forms.around import CountsForm
from hoithao.models import Meeting, Scan
from hoithao.papercodes import MINUTES, SIGN_IN, code_of, read_code
from hoithao.services.minutes import close_meeting
from hoithao.services.scans import assign_scan, enter_counts, file_scan
from hoithao.services.votes import log_vote
from kyanh_portal.base.calendar import at_local
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import is_intact
from kyanh_portal.filecheck.check import CheckedFile, check_file
from kyanh_portal.filecheck.kinds import JPG
from tests.factories.hoithao import closed, planned

pytestmark = pytest.mark.django_db


def picture_of(text: str) -> bytes:
    """A page photographed askew, with the code in a corner."""
    import segno
    from PIL import Image

    drawn = io.BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="png", scale=4, border=4)
    page = Image.new("RGB", (900, 1270), "white")
    page.paste(Image.open(drawn).convert("RGB"), (700, 40))
    out = io.BytesIO()
    page.rotate(6, expand=True, fillcolor="white").save(out, "JPEG", quality=60)
    return out.getvalue()


def checked(codes=(), name="to.jpg"):
    return CheckedFile(name, JPG, name.encode(), 1, "", tuple(codes))


@pytest.mark.parametrize("number", [0, 1, 2**127, 2**128 - 1])
def test_a_code_names_its_own_key(number):
    key = uuid.UUID(int=number)
    low, high, sheet = read_code(code_of(key, SIGN_IN, 2))
    assert low <= key <= high
    assert sheet == "D2"
    assert read_code(code_of(key, MINUTES).lower().replace("-", ""))[2] == "B1"


@pytest.mark.parametrize(
    "text", ["", "KA-AAAAA-AAAAA", "https://xau.example", "KA-AAAAU-AAAAA-D1 OR 1=1", "KA-UUUUU-UUUUU-X1"]
)
def test_other_texts_are_no_codes(text):
    assert read_code(text) is None


def test_the_fenced_child_reads_the_code_of_a_photograph():
    code = code_of(uuid.uuid4(), MINUTES, 3)
    assert check_file(picture_of(code), "anh.jpg", codes=True).codes == (code,)


def test_a_scan_files_itself_only_among_meetings_of_the_sender(world):
    mine, other = planned(world.cell_a1), planned(world.cell_b1)
    allowed = Meeting.objects.filter(organisation=world.cell_a1)
    own = file_scan(checked([code_of(mine.client_key, SIGN_IN)]), by=None, organisation=world.cell_a1, meetings=allowed)
    assert (own.meeting, own.by_code, own.sheet) == (mine, True, "D1")
    lost = file_scan(
        checked([code_of(other.client_key, SIGN_IN)], "b.jpg"), by=None, organisation=world.cell_a1, meetings=allowed
    )
    assert lost.meeting is None
    assert assign_scan(lost, mine, by=None).meeting == mine
    with pytest.raises(RuleBroken, match="chi bộ khác"):
        assign_scan(lost, other, by=None)


def counts(meeting, world, **more):
    answers = {
        "chair": world.members_a1[0], "secretary": world.members_a1[1], "began_at": at_local(dt.date(2020, 12, 5), 19, 30),
        "ended_at": at_local(dt.date(2020, 12, 5), 21, 10), "absent": {world.members_a1[4].pk: (Mark.EXCUSED, Reason.ILL)},
        "in_favour": 8, "against": 0, "blank": 0, "subject": "Thông qua kết luận", "speakers": [world.members_a1[2]],
        "conclusion": "Thống nhất ba việc.",
    }  # fmt: skip
    return enter_counts(meeting, by=None, **{**answers, **more})


def test_the_scan_is_an_annex_of_the_sealed_minutes(world):
    meeting = planned(world.cell_a1)
    with pytest.raises(RuleBroken, match="Chưa có bản chụp"):
        counts(meeting, world)
    scan = file_scan(
        checked([code_of(meeting.client_key, MINUTES)]),
        by=None,
        organisation=world.cell_a1,
        meetings=Meeting.objects.all(),
    )
    meeting = counts(meeting, world)
    minutes = close_meeting(meeting, by=None)
    assert minutes.figures["present"] == 9
    text = str(minutes.document.content).replace(" ", "")
    assert scan.file.sha256 in text
    assert is_intact(minutes.document)
    late = file_scan(
        checked([code_of(meeting.client_key, SIGN_IN)], "muon.jpg"),
        by=None,
        organisation=world.cell_a1,
        meetings=Meeting.objects.all(),
    )
    minutes.document.refresh_from_db()
    assert late.file.sha256 not in str(minutes.document.content).replace(" ", "")
    with pytest.raises(RuleBroken, match="phụ lục"):
        assign_scan(scan, planned(world.cell_a1, dt.date(2021, 1, 1)), by=None)


def test_a_meeting_logged_step_by_step_is_not_entered_twice(world):
    meeting = planned(world.cell_a1)
    file_scan(
        checked([code_of(meeting.client_key, MINUTES)]),
        by=None,
        organisation=world.cell_a1,
        meetings=Meeting.objects.all(),
    )
    meeting = counts(meeting, world)
    log_vote(meeting, by=None, subject="Việc khác", in_favour=8)
    with pytest.raises(RuleBroken, match="từng bước"):
        counts(meeting, world)


def test_at_most_25_entries(world):
    form = CountsForm(meeting=planned(world.cell_a1))
    assert len(form.fields) <= 25


def test_many_files_are_sent_at_once(world, client):
    meeting = planned(world.cell_a1)
    client.force_login(world.users["secretary"])
    files = [io.BytesIO(picture_of(code_of(meeting.client_key, MINUTES, page))) for page in (1, 2)]
    for number, one in enumerate(files):
        one.name = f"anh{number}.jpg"
    blank = io.BytesIO(b"khong phai anh")
    blank.name = "hong.jpg"
    answer = client.post(
        reverse("hoithao:scan_list"), {"organisation": world.cell_a1.pk, "files": [*files, blank]}, follow=True
    )
    assert "2 tự vào đúng cuộc họp" in answer.content.decode()
    assert "Không nhận 1 tệp" in answer.content.decode()
    assert Scan.objects.filter(meeting=meeting, by_code=True).count() == 2


def test_the_printed_sheet_is_a_pdf_with_the_code_on_every_page(world, client):
    from pypdf import PdfReader

    meeting = closed(world.cell_a1, world.members_a1).meeting
    client.force_login(world.users["secretary"])
    content = client.get(reverse("hoithao:blank_minutes", args=[meeting.pk])).content
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 3
    assert all(code_of(meeting.client_key, MINUTES, n) in page.extract_text() for n, page in enumerate(pages, 1))
