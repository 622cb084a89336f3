"""What many tables share. No table of its own stands here."""

import uuid

from django.db import models


class Stamped(models.Model):
    """A row that knows when it was made and last changed."""

    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        abstract = True


class PathField(models.CharField):
    """Place in the tree of organisations: the ids from the root, ten digits each, closed by a dot.

    A subtree is a prefix, so one b-tree answers "everything below" at any size of the tree.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Leased(models.Model):
    """Work done in the background under a lease: the row is the truth, a message only wakes a worker.

    `attempt` is the fencing token: a worker that lost its lease finds another number and throws its work away.
    `client_key` makes two sendings of one form one run.
    """

    attempt = models.PositiveSmallIntegerField("lần làm", default=0)
    lease_until = models.DateTimeField("giữ đến", null=True, blank=True)
    done_steps = models.PositiveIntegerField("đã làm", default=0)
    all_steps = models.PositiveIntegerField("tổng số", default=0)
    problem = models.CharField("vướng mắc", max_length=500, blank=True)
    finished_at = models.DateTimeField("xong lúc", null=True, blank=True)
    client_key = models.UUIDField("mã gửi một lần", default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
