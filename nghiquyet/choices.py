"""Every list of choices of this app."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã thông qua"
    ISSUED = "issued", "Đã ban hành"


class Level(models.TextChoices):
    """Place of a clause in the text."""

    SECTION = "section", "Phần (I-)"
    PARAGRAPH = "paragraph", "Khoản (1.)"
    POINT = "point", "Điểm (a)"
    TEXT = "text", "Đoạn văn"


class Signing(models.TextChoices):
    """On whose behalf a resolution is signed (document-format.md 5.1)."""

    COMMITTEE = "committee", "Ban Chấp hành"
    STANDING = "standing", "Ban Thường vụ"
    CELL = "cell", "Chi bộ"
