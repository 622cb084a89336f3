"""Who may read the files of this app: papers of workshops; scans and documents of meetings, by their branch."""

from django.db.models import Q

from hoithao.models import Paper, PaperVersion
from hoithao.services import around, scans
from kyanh_portal.access.scope import scope_of
from kyanh_portal.files.holders import add_holder
from kyanh_portal.files.models import StoredFile


def files_of_workshops(user):
    """Files of the papers a user may see: the unit's own, or all of a workshop of the own branch."""
    sent = PaperVersion.objects.visible_to(user).filter(file__isnull=False)
    read = Paper.objects.visible_to(user).filter(file__isnull=False)
    return StoredFile.objects.filter(Q(pk__in=sent.values("file")) | Q(pk__in=read.values("file")))


def files_in_scope(user):
    """Files of the branches the user answers for."""
    return StoredFile.objects.filter(scope_of(user).covers("path"))


add_holder("workshop_paper", "Tham luận hội thảo", files_of_workshops)
add_holder(scans.HOLDER, "Bản chụp giấy của cuộc họp", files_in_scope)
add_holder(around.HOLDER, "Tài liệu của cuộc họp", files_in_scope)
