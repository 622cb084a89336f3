"""python manage.py verify_audit: is the trail whole?"""

from django.core.management.base import BaseCommand, CommandError

from kyanh_portal.audit.models import AuditSeal
from kyanh_portal.audit.verifying import anchor_fits, first_wrong_position, unsealed


class Command(BaseCommand):
    help = "Tính lại mọi dấu niêm của nhật ký."

    def add_arguments(self, parser):
        parser.add_argument(
            "--anchor", help="Đầu chuỗi đã chép lại trước đây, dạng VỊ_TRÍ:DẤU; tìm ra phần đuôi bị cắt."
        )

    def handle(self, *args, **options):
        wrong = first_wrong_position()
        if wrong is not None:
            raise CommandError(f"Dấu niêm sai từ vị trí {wrong}.")
        if number := unsealed():
            raise CommandError(f"Có {number} dòng chưa niêm.")
        if options["anchor"]:
            position, _, seal = options["anchor"].partition(":")
            if not position.isdecimal() or not anchor_fits(int(position), seal.strip()):
                raise CommandError(f"Đầu chuỗi đã chép không còn trong nhật ký, từ vị trí {position}.")
        head = AuditSeal.objects.order_by("-position").first()
        self.stdout.write(
            f"Nhật ký nguyên vẹn: {head.position if head else 0} dòng. Đầu chuỗi: {head.seal if head else '-'}"
        )
