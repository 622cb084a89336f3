"""Kept files: handed out by right at each download, and never changed."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.files import keeping
from kyanh_portal.files.holders import add_holder, holders
from kyanh_portal.files.models import FileBody, StoredFile
from tests.kyanh_portal.filecheck.test_check import a_pdf

if "test" not in holders:
    add_holder("test", "Thử", lambda user: StoredFile.objects.filter(scope_of(user).covers("path")))


@pytest.fixture
def kept(world):
    upload = SimpleUploadedFile("biên bản đã ký.pdf", a_pdf())
    checked = keeping.check_upload(upload, by=world.users["secretary"])
    return keeping.keep_file(checked, holder="test", path=world.cell_a1.path, by=world.users["secretary"])


def test_a_file_is_kept_with_its_hash_and_pages(kept):
    assert kept.pages == 1
    assert hashlib.sha256(kept.bytes).hexdigest() == kept.sha256


@pytest.mark.parametrize(
    ("role", "answer"),
    [("secretary", 200), ("standing", 200), ("administrator", 404), ("stranger", 404), ("member", 404)],
)
def test_the_right_is_asked_at_each_download(world, kept, role, answer):
    client = Client()
    client.force_login(world.users[role])
    response = client.get(kept.get_absolute_url())
    assert response.status_code == answer
    if answer == 200:
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert response["X-Content-Type-Options"] == "nosniff"


def test_a_stranger_is_sent_to_sign_in(kept):
    assert Client().get(kept.get_absolute_url()).status_code == 302


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE files_storedfile SET name = 'x'",
        "DELETE FROM files_storedfile",
        "UPDATE files_filebody SET content = 'x'",
        "DELETE FROM files_filebody",
        "TRUNCATE files_filebody",
    ],
)
def test_the_database_refuses_a_change(kept, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert FileBody.objects.filter(file=kept).exists()


def test_the_days_allowance_ends(world, kept, monkeypatch):
    monkeypatch.setattr(keeping, "DAILY_BYTES", kept.size)
    with pytest.raises(RuleBroken, match="Hôm nay"):
        keeping.check_upload(SimpleUploadedFile("them.pdf", a_pdf()), by=world.users["secretary"])


def test_a_file_with_a_secrecy_stamp_is_refused_whatever_page_sends_it(world, monkeypatch):
    """The guard stands where every upload passes, not in each page."""
    from dataclasses import replace

    judge = keeping.check_file
    upload = SimpleUploadedFile("báo cáo.pdf", a_pdf())
    assert keeping.check_upload(upload, by=None).name
    upload.seek(0)
    monkeypatch.setattr(
        keeping, "check_file", lambda *args, **more: replace(judge(*args, **more), text="Số 12\nMẬT\nx")
    )
    with pytest.raises(RuleBroken, match="dấu độ mật"):
        keeping.check_upload(upload, by=None)
