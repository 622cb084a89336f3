"""A new installation: one command founds the committee and its first administrator, and never a second time."""

import pytest
from django.core.management import CommandError, call_command

from chibo.models import Organisation, RoleGrant
from kyanh_portal.accounts.models import User

WORDS = ["first_administrator", "quantri", "Nguyễn Văn Thử", "--committee", "Đảng ủy Thử", "--place", "Kỳ Anh"]


def test_the_first_administrator_signs_in_and_must_change_the_password(db, capsys):
    call_command(*WORDS)
    password = capsys.readouterr().out.split("mật khẩu lần đầu: ")[1].split()[0]
    user = User.objects.get()
    assert user.check_password(password) and user.must_change_password
    grant = RoleGrant.objects.get()
    assert (grant.role, grant.organisation) == ("administrator", Organisation.objects.get(name="Đảng ủy Thử"))


def test_a_second_time_is_refused(world):
    before = User.objects.count()
    with pytest.raises(CommandError, match="Đã có tài khoản"):
        call_command(*WORDS)
    assert User.objects.count() == before
