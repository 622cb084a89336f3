"""python manage.py rebuild_tallies: the roll-ups again, from the facts."""

from django.core.management.base import BaseCommand

from hoithao.models import Meeting
from hoithao.services.tallies import recount_all


class Command(BaseCommand):
    help = "Tính lại số liệu tháng từ các cuộc họp."

    def handle(self, *args, **options):
        months = list(Meeting.objects.order_by("month").values_list("month", flat=True).distinct())
        self.stdout.write(f"Đã tính lại {recount_all(months)} dòng của {len(months)} tháng.")
