"""What statistics and letters need of a member beyond the roll, and no more (members.md 4.1: the items to keep)."""

from django.db import models

from chibo.models.member import Member
from chibo.profile_choices import ETHNIC_GROUPS, Degree, Occupation, Religion, Schooling, Theory
from kyanh_portal.base.models import Stamped


class MemberProfile(Stamped):
    """Apart from `Member`, which every meeting reads: nobody meets these fields by listing a cell."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="profile", verbose_name="đồng chí")
    other_name = models.CharField("tên gọi khác", max_length=120, blank=True)
    home = models.CharField("quê quán (xã, tỉnh)", max_length=200, blank=True)
    lives_in = models.CharField("nơi cư trú (thôn, tổ dân phố, xã, phường)", max_length=200, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=20, blank=True, choices=[(one, one) for one in ETHNIC_GROUPS])
    religion = models.CharField("tôn giáo", max_length=20, blank=True, choices=Religion)
    occupation = models.CharField("nghề nghiệp hiện nay", max_length=20, blank=True, choices=Occupation)
    schooling = models.CharField("giáo dục phổ thông", max_length=20, blank=True, choices=Schooling)
    degree = models.CharField("trình độ chuyên môn", max_length=20, blank=True, choices=Degree)
    theory = models.CharField("lý luận chính trị", max_length=20, blank=True, choices=Theory)

    class Meta:
        verbose_name = "thông tin thống kê của đảng viên"
        verbose_name_plural = "thông tin thống kê của đảng viên"

    def __str__(self):
        return str(self.member)
