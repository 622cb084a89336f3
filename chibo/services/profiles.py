"""The profile of a member: written and corrected; the log names the fields, never what stands in them."""

from django.db import transaction

from chibo.models import Member, MemberProfile
from kyanh_portal.audit.record import changes, record

FIELDS = ("other_name", "home", "lives_in", "ethnicity", "religion", "occupation", "schooling", "degree", "theory")


@transaction.atomic
def set_profile(member: Member, *, by, **fields) -> MemberProfile:
    """Write what is given; a field left out stays. One row a member."""
    member = Member.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=member.pk)
    profile, _ = MemberProfile.objects.get_or_create(member=member)
    changed = changes(profile, fields)
    if changed:
        for name in changed:
            setattr(profile, name, fields[name])
        profile.save()
        record("member.profile_set", member, by=by, fields=list(changed), changes=changed)
    return profile
