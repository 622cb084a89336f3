"""Numbers run from 01 without gaps, whatever breaks off."""

import os
import random
import signal
import subprocess
import sys
import threading
import uuid

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.utils import IntegrityError, InterfaceError

from kyanh_portal.documents.models import NumberSequence
from kyanh_portal.documents.numbering import next_number, take_number

TYPE = "NGHỊ QUYẾT"


class Undone(Exception):
    """Rolls a transaction back."""


def test_take_number_outside_a_transaction_is_refused(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        take_number("a", "k", TYPE)


def test_take_number_counts_by_issuer_term_and_type(db):
    series = [
        ("a", "k1", TYPE),
        ("a", "k1", TYPE),
        ("b", "k1", TYPE),
        ("a", "k2", TYPE),
        ("a", "k1", "KẾT LUẬN"),
        ("a", "k1", TYPE),
    ]

    assert [take_number(*one) for one in series] == [1, 2, 1, 1, 1, 3]
    assert next_number("a", "k1", TYPE) == 4
    assert next_number("nobody", "k1", TYPE) == 1


def test_take_number_by_24_threads_with_a_fifth_rolled_back_leaves_no_gap(transactional_db):
    issuer, kept, lock = uuid.uuid4().hex, [], threading.Lock()

    def work(seed):
        dice = random.Random(seed)
        try:
            for _ in range(10):
                try:
                    with transaction.atomic():
                        number = take_number(issuer, "k", TYPE)
                        if dice.random() < 0.2:
                            raise Undone
                except Undone:
                    continue
                with lock:
                    kept.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 100 < len(kept) < 240
    assert sorted(kept) == list(range(1, len(kept) + 1))


def test_take_number_of_a_terminated_session_is_free_again(transactional_db):
    issuer, holding, ended = uuid.uuid4().hex, threading.Event(), []

    def hold():
        try:
            with transaction.atomic():
                take_number(issuer, "k", TYPE)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    ended.append(cursor.fetchone()[0])
                    holding.set()
                    cursor.execute("SELECT pg_sleep(30)")
        except (OperationalError, InterfaceError):
            ended.append("broken off")
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert holding.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [ended[0]])
    thread.join(20)

    assert ended[1] == "broken off"
    with transaction.atomic():
        assert take_number(issuer, "k", TYPE) == 1


def test_take_number_of_a_killed_process_is_free_again(transactional_db):
    issuer = uuid.uuid4().hex
    place = connection.settings_dict
    url = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST'].replace('/', '%2F')}:{place['PORT']}/{place['NAME']}"
    code = (
        "import django, sys, time; django.setup()\n"
        "from django.db import transaction\n"
        "from kyanh_portal.documents.numbering import take_number\n"
        "with transaction.atomic():\n"
        f"    print(take_number('{issuer}', 'k', '{TYPE}'), flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url},
    )  # fmt: skip
    try:
        assert process.stdout.readline().strip() == b"1"
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait(10)

    with transaction.atomic():
        assert take_number(issuer, "k", TYPE) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_numbersequence SET last = last - 1",
        "UPDATE documents_numbersequence SET issuer = 'other'",
        "DELETE FROM documents_numbersequence",
        "TRUNCATE documents_numbersequence",
    ],
)
def test_series_is_not_turned_back_by_raw_sql(db, sql):
    take_number("a", "k", TYPE)
    take_number("a", "k", TYPE)

    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert NumberSequence.objects.get(issuer="a").last == 2
