"""Load the demo world once: python manage.py demo. Told again, it does nothing."""

import gc
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from kyanh_portal.accounts.models import User
from kyanh_portal.demo.world import PASSWORD, STORY_DAY, World, accounts, chapters, settle, stages, standing_at

ENOUGH_TO_COUNT = 0.5  # seconds: a stage shorter than this adds too few rows to change how the database reads


class Command(BaseCommand):
    help = "Nạp số liệu giả lập về năm 2020, và các chương sau đến ngày PORTAL_TODAY (chỉ một lần)."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="in các tài khoản dùng thử")
        parser.add_argument("--scale", type=int, default=1, help="thêm số liệu lớn gấp N lần, chỉ để đo hiệu năng")

    def handle(self, *args, **options):
        if options["accounts"]:
            self.tell_accounts()
            return
        if not settings.PORTAL_IS_DEMO:
            raise CommandError(
                "Đây là nơi làm việc thật: không nạp số liệu giả lập. Đặt PORTAL_IS_DEMO=1 nếu muốn dùng thử."
            )
        if User.objects.exists():
            self.stdout.write("Số liệu giả lập đã có sẵn.")
        else:
            self.load()
        if options["scale"] > 1:
            from kyanh_portal.demo.scale import enlarge

            enlarge(options["scale"], say=self.stdout.write)

    @transaction.atomic
    def load(self):
        """The whole story or nothing of it: stopped half-way, the next `make run` begins anew."""
        started = time.monotonic()
        world = World(until=settings.PORTAL_TODAY)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        until = settings.PORTAL_TODAY
        later = chapters(until) if until and until > STORY_DAY else []
        with standing_at(min(until, STORY_DAY) if until else None):
            for _, label, build in stages():
                self.build(world, label, build)
        for day, _, label, build in later:
            with standing_at(day):
                self.build(world, label, build)
        settle()
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
        gc.unfreeze()
        self.stdout.write(f"Đã nạp số liệu giả lập trong {time.monotonic() - started:.0f} giây.")

    def build(self, world, label, build):
        self.stdout.write(f"• {label}")
        began = time.monotonic()
        build(world)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # what is wrong fails here
        if time.monotonic() - began > ENOUGH_TO_COUNT:
            settle()
        gc.freeze()  # what the world holds by now stays: the collector need not look through it again and again

    def tell_accounts(self):
        self.stdout.write(f"  Mật khẩu chung: {PASSWORD}")
        for username, post, what in accounts():
            self.stdout.write(f"  {username:<12} {post:<38} {what}")
