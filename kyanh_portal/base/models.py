"""What many tables share. No table of its own stands here."""

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
