"""The demo world is loaded whole or not at all."""

import pytest
from django.core.management import call_command

from kyanh_portal.accounts.models import User
from kyanh_portal.demo import world

pytestmark = pytest.mark.django_db(transaction=True)


def begin(told):
    User.objects.create(username="bat-dau", display_name="Tài khoản đầu (giả lập)", is_synthetic=True)


def stop(told):
    raise KeyboardInterrupt


def test_a_load_stopped_half_way_leaves_nothing_and_the_next_begins_anew(monkeypatch, capsys, settings):
    settings.PORTAL_IS_DEMO = True
    monkeypatch.setattr(world, "_stages", [(1, "mở đầu", begin), (2, "dừng", stop)])
    with pytest.raises(KeyboardInterrupt):
        call_command("demo")
    assert not User.objects.exists()
    monkeypatch.setattr(world, "_stages", [(1, "mở đầu", begin)])
    call_command("demo")
    assert User.objects.get().username == "bat-dau" and "đã có sẵn" not in capsys.readouterr().out
    call_command("demo")
    assert "đã có sẵn" in capsys.readouterr().out
