"""Found the committee of a new installation and its first administrator; refused once anybody has an account.

python manage.py first_administrator NAME "Full name" --committee "Đảng ủy …" --place "…"
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from chibo.choices import Role
from chibo.models import OrganisationKind
from chibo.services.accounts import first_password, open_account
from chibo.services.organisations import establish_organisation
from chibo.services.roles import grant_role
from kyanh_portal.accounts.models import User
from kyanh_portal.base.errors import RuleBroken


class Command(BaseCommand):
    help = "Lập cấp ủy và người quản trị đầu tiên của một nơi mới cài đặt."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("display_name", help="họ và tên")
        parser.add_argument("--committee", required=True, help="tên cấp ủy cao nhất ở đây")
        parser.add_argument(
            "--kind", default="dang_uy_xa_phuong", help="mã loại tổ chức (mặc định: đảng bộ xã, phường)"
        )
        parser.add_argument("--place", required=True, help="địa danh ghi trên văn bản")

    @transaction.atomic
    def handle(self, *args, **options):
        if User.objects.exists():
            raise CommandError("Đã có tài khoản: nhờ quản trị hiện có mở tài khoản mới trên trang Tài khoản.")
        kind = OrganisationKind.objects.filter(code=options["kind"], is_cell=False, is_body=False).first()
        if kind is None:
            codes = ", ".join(
                OrganisationKind.objects.filter(is_cell=False, is_body=False).values_list("code", flat=True)
            )
            raise CommandError(f"Không có loại tổ chức “{options['kind']}”. Chọn một trong: {codes}.")
        password = first_password()
        try:
            committee = establish_organisation(
                by=None, kind=kind, name=options["committee"], header_name=options["committee"].upper(),
                place_name=options["place"], valid_from=timezone.localdate(),
            )  # fmt: skip
            user = open_account(options["username"], options["display_name"], password, by=None)
            grant_role(user, Role.ADMINISTRATOR, committee, timezone.localdate(), by=None)
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Đã lập {committee.name}. Đăng nhập: {user.username}, mật khẩu lần đầu: {password}")
        self.stdout.write("Mật khẩu phải đổi ở lần đăng nhập đầu, rồi đặt yếu tố thứ hai.")
