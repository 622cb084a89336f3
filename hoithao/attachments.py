"""Who may read the files of this app."""

from django.db.models import Q

from hoithao.models import Paper, PaperVersion
from kyanh_portal.files.holders import add_holder
from kyanh_portal.files.models import StoredFile


def files_of_workshops(user):
    """Files of the papers a user may see: the unit's own, or all of a workshop of the own branch."""
    sent = PaperVersion.objects.visible_to(user).filter(file__isnull=False)
    read = Paper.objects.visible_to(user).filter(file__isnull=False)
    return StoredFile.objects.filter(Q(pk__in=sent.values("file")) | Q(pk__in=read.values("file")))


add_holder("workshop_paper", "Tham luận hội thảo", files_of_workshops)
