"""Give an organisation another name, kind or superior from a day on, and let today's rows show it when the day is there."""

import datetime as dt

from django.db import transaction

from chibo.choices import Arranged, Placed
from chibo.models import Face, Lineage, Member, Organisation, Placement
from chibo.models.lineage import WORN
from chibo.services.handover import pass_everything_on, tell_moved
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import fold

ONE_DAY = dt.timedelta(days=1)


def face_from(organisation: Organisation, day: dt.date, **changed) -> Face:
    """From `day` on the organisation looks so. Raises RuleBroken where a later change is entered already."""
    faces = list(organisation.faces.all())
    later = next((face for face in faces if face.starts_on and face.starts_on > day), None)
    if later:
        raise RuleBroken(
            f"{organisation.label} đã có biến động từ ngày {vn_date(later.starts_on)}. Chọn ngày sau đó.",
            field="effective_on",
        )
    if not faces:
        first = Face(organisation=organisation, starts_on=organisation.valid_from)
        for name in WORN:
            setattr(first, name, getattr(organisation, name))
        faces = [first]
    face = faces[-1]
    if face.starts_on != day:
        if face.starts_on and face.starts_on > day:
            raise RuleBroken(f"{organisation.label} chưa lập vào ngày này.", field="effective_on")
        face.ends_on = day - ONE_DAY
        face.save()
        face = Face(organisation=organisation, starts_on=day, **{name: getattr(face, name) for name in WORN})
    for name, value in changed.items():
        setattr(face, name, value)
    face.save()
    return face


def move_branch(organisation: Organisation, day: dt.date, parent: Organisation, **changed) -> list[int]:
    """The organisation and all below it lie under `parent` from `day` on; answers whose rows changed."""
    old, above = organisation.path_on(day), parent.path_on(day)
    if above.startswith(old):
        raise RuleBroken("Không chuyển một tổ chức vào chính nó hay vào đơn vị trực thuộc của nó.", field="heir")
    new = f"{above}{organisation.pk:010d}."
    below = list(Organisation.objects.below_on(old, day).exclude(pk=organisation.pk))
    face_from(organisation, day, parent_id=parent.pk, path=new, **changed)
    for one in below:
        face_from(one, day, path=new + one.path_on(day)[len(old) :])
    return [organisation.pk, *[one.pk for one in below]]


def show_faces(ids, day: dt.date) -> int:
    """Write into the rows of these organisations (None: all) the face of `day`; answers how many changed."""
    faces = Face.objects.on(day).select_related("organisation")
    if ids is not None:
        faces = faces.filter(organisation__in=ids)
    changed = 0
    for face in faces:
        organisation = face.organisation
        if all(getattr(organisation, name) == getattr(face, name) for name in WORN):
            continue
        names = [*organisation.former_names.split("; "), organisation.name] if organisation.name != face.name else []
        face.put_on(organisation)
        if names:
            organisation.former_names = "; ".join(dict.fromkeys(n for n in names if n and n != face.name))[:300]
        organisation.save()
        changed += 1
    return changed


def move_members(source: Organisation, heir: Organisation, day: dt.date, document: str, members=None) -> int:
    """Members of `source` (or these of them) belong to `heir` from `day` on; dates, posts and tuổi đảng stay theirs."""
    rows = Member.objects.placed_on(day).select_for_update(of=("self",)).filter(organisation=source, left_on__isnull=True)  # fmt: skip
    if members is not None:
        rows = rows.filter(pk__in=[member.pk for member in members])
    rows, is_due = list(rows), day <= today()
    kept = []
    for member in rows:
        if is_due:
            if member.joined_on < day:
                kept.append(Placement(member=member, organisation=source, starts_on=member.joined_on, ends_on=day - ONE_DAY, document=document))  # fmt: skip
            member.organisation, member.joined_on = heir, max(day, member.joined_on)
        else:
            kept.append(Placement(member=member, organisation=heir, starts_on=day, document=document))
            member.left_on = day
    Placement.objects.bulk_create(kept)
    Member.objects.bulk_update(rows, ["organisation", "joined_on", "left_on"])
    guests = Placement.objects.on(day).filter(organisation=source, role=Placed.TEMPORARY)
    if members is not None:
        guests = guests.none()
    for guest in list(guests):
        until, guest.ends_on = guest.ends_on, max(guest.starts_on, day - ONE_DAY)
        guest.save(update_fields=["ends_on"])
        Placement.objects.create(member=guest.member, organisation=heir, role=Placed.TEMPORARY, starts_on=day, ends_on=until, document=document)  # fmt: skip
    return len(rows)


def arrive_members(day: dt.date) -> int:
    """Members whose new cell begins on or before `day`: their row shows it, the old cell becomes a dated record."""
    coming = (
        Placement.objects.filter(role=Placed.OFFICIAL, starts_on__lte=day)
        .exclude(ends_on__lt=day)
        .select_related("member")
        .order_by("starts_on")
    )
    changed = 0
    for placement in coming.select_for_update(of=("self",)):
        member = placement.member
        if member.left_on is None or member.left_on > placement.starts_on or member.joined_on >= placement.starts_on:
            continue
        old, began = member.organisation_id, member.joined_on
        member.organisation_id, member.joined_on, member.left_on = placement.organisation_id, placement.starts_on, placement.ends_on and placement.ends_on + ONE_DAY  # fmt: skip
        placement.organisation_id, placement.starts_on, placement.ends_on = old, began, member.joined_on - ONE_DAY
        member.save(update_fields=["organisation", "joined_on", "left_on", "updated_at"])
        placement.save()
        changed += 1
    return changed


@transaction.atomic
def settle(day: dt.date, ids=None) -> int:
    """Carry out what has become due by `day`: rows show the new names and places, open matters go to the heirs.

    Runs every night and after each act; a second run finds nothing to do.
    """
    changed = show_faces(ids, day) + arrive_members(day)
    waiting = Lineage.objects.select_for_update(of=("self",)).filter(settled_at__isnull=True, effective_on__lte=day)
    earliest = None
    for one in waiting.select_related("organisation", "heir", "by"):
        if one.heir_id and one.kind in Arranged.passing_on():
            pass_everything_on(one.organisation, one.heir, one.effective_on, by=one.by)
        one.settled_at = _now()
        one.save(update_fields=["settled_at", "updated_at"])
        earliest = min(earliest or one.effective_on, one.effective_on)
        changed += 1
    if earliest is not None:
        tell_moved(earliest)
    return changed


def _now():
    from django.utils import timezone

    return timezone.now()


def taken_names(parent: Organisation, day: dt.date) -> set[str]:
    """Folded names in use under `parent` on a day."""
    return {fold(one.name) for one in Organisation.objects.under_on(parent, day).worn_on(day)}
