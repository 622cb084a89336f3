"""Members who may be one person written twice: their keys, noted by the database when a name or birthday is written."""

from django.db import connection, models


class TwinQuerySet(models.QuerySet):
    def refresh(self) -> None:
        """Find them again among all members: by night, and after rows were copied with triggers switched off."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT chibo_find_twins()")


class Twin(models.Model):
    """`key` of a member who had the name and birthday of another one when either was written (triggers on chibo_member).

    A hint, never the answer: who reads it compares the two rows as they are, so a line that is out of date tells
    nobody anything. What two writers at the same moment did not see of each other is found by night.
    """

    key = models.BigIntegerField("mã đảng viên", unique=True)

    objects = TwinQuerySet.as_manager()

    class Meta:
        verbose_name = "có thể ghi hai lần"
        verbose_name_plural = "có thể ghi hai lần"

    def __str__(self):
        return str(self.key)
