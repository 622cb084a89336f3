"""Write many members at once, each with its line in the trail; what changed since the preview is left alone."""

from django.db import transaction

from chibo.fieldclasses import told_fields
from chibo.models import Member, MemberIdentity, OldCard, Organisation
from kyanh_portal.audit.models import AuditEntry
from kyanh_portal.audit.record import changes, entry, record_many
from kyanh_portal.base.copying import copy_new, update_many
from kyanh_portal.base.vietnamese import clean_line, fold, person_sort_key

_IDENTITY = ("trace", "shown", "sealed")
_CARD = ("card_trace", "card_shown", "card_sealed")
CHANGED_SINCE = "Số liệu của đồng chí này đã đổi sau khi xem trước. Gửi lại tệp để xem chỗ khác mới."


@transaction.atomic
def write_members(rows: list[tuple], *, words, by) -> dict[int, str]:
    """`rows` are (row number, member id or None, values, {field: words before}); returns {row number: why not written}.

    `words(member, field)` says a value as the preview said it: a member whose words are no longer those was changed by
    somebody else meanwhile. A new member whose numbers were taken meanwhile is left out too.
    """
    refused, entries, told = {}, [], told_fields("chibo.Member")
    members = Member.objects.select_for_update(of=("self",)).select_related("organisation").in_bulk(
        [target for _, target, _, _ in rows if target]
    )  # fmt: skip
    paths = dict(
        Organisation.objects.filter(pk__in={values["organisation"] for _, _, values, _ in rows}).values_list(
            "pk", "path"
        )
    )
    traces = [values["trace"] for _, _, values, _ in rows if "trace" in values]
    taken = dict(MemberIdentity.objects.filter(trace__in=traces).values_list("trace", "member_id"))
    cards = [values["card_trace"] for _, _, values, _ in rows if "card_trace" in values]
    carded = dict(OldCard.objects.filter(trace__in=cards).values_list("trace", "member_id"))
    numbers = [values["file_number"] for _, _, values, _ in rows if values.get("file_number")]
    numbered = dict(Member.objects.filter(file_number__in=numbers).values_list("file_number", "pk"))
    new, added, changed, replaced, recarded = [], [], [], [], []
    there = _already_there(
        [(values["organisation"], values["full_name"]) for _, target, values, _ in rows if not target]
    )
    for number, target, values, before in rows:
        fields = {name: value for name, value in values.items() if name not in (*_IDENTITY, *_CARD, "organisation")}
        member = members.get(target) if target else None
        owner = member.pk if member else None
        clash = (values.get("trace") in taken and taken[values["trace"]] != owner) or (
            fields.get("file_number") in numbered and numbered[fields["file_number"]] != owner
        )
        clash = clash or (values.get("card_trace") in carded and carded[values["card_trace"]] != owner)
        stale = target and (member is None or any(words(member, name) != said for name, said in before.items() if name in fields))  # fmt: skip
        again = not target and (values["organisation"], values["full_name"], fields.get("born_on")) in there
        if clash or stale or again:
            refused[number] = CHANGED_SINCE
            continue
        if member is None:
            new.append(_row(fields, values["organisation"]))
            added.append(values)
        else:
            found = changes(member, fields, told=told)
            for name in found:
                setattr(member, name, fields[name])
            member.set_keys()
            if "trace" in values and values["trace"] not in taken:
                found["identity"] = ["…", "…"]
                replaced.append((member.pk, values))
            if "card_trace" in values and values["card_trace"] not in carded:
                found["old_card"] = ["…", "…"]
                recarded.append((member.pk, values))
            if found:
                changed.append(member)
                entries.append(entry("member.corrected", member, by=by, fields=list(found), changes=found, imported=True))  # fmt: skip
    update_many(Member, changed, _columns())
    MemberIdentity.objects.filter(member__in=[pk for pk, _ in replaced]).delete()
    AuditEntry.objects.bulk_create(entries)
    keys = copy_new(Member, new)
    sealed = [(pk, values) for pk, values in zip(keys, added, strict=True) if "trace" in values] + replaced
    copy_new(MemberIdentity, [{"member_id": pk, **{name: values[name] for name in _IDENTITY}} for pk, values in sealed])
    for pk, values in recarded:  # where and when it was given stay as written
        OldCard.objects.update_or_create(
            member_id=pk, defaults={name.removeprefix("card_"): values[name] for name in _CARD}
        )
    cards = [(pk, values) for pk, values in zip(keys, added, strict=True) if "card_trace" in values]
    OldCard.objects.bulk_create([OldCard(member_id=pk, **{name.removeprefix("card_"): values[name] for name in _CARD}) for pk, values in cards])  # fmt: skip
    record_many(
        "member.entered", Member,
        [(pk, row["full_name"], paths[row["organisation_id"]]) for pk, row in zip(keys, new, strict=True)],
        by=by, imported=True,
    )  # fmt: skip
    return refused


def _row(fields: dict, cell: int) -> dict:
    """A new member as it is copied in, with the keys that `Member.save` would set."""
    name = clean_line(fields["full_name"])
    keys = {"full_name": name, "sort_key": person_sort_key(name), "search_key": fold(name)}
    return {"joined_on": fields["admitted_on"], **fields, **keys, "organisation_id": cell}


def _already_there(names) -> set:
    rows = Member.objects.filter(
        organisation__in={cell for cell, _ in names}, full_name__in={name for _, name in names}
    )
    return set(rows.values_list("organisation_id", "full_name", "born_on"))


def _columns() -> list[str]:
    return [
        "full_name", "sex", "born_on", "born_precision", "admitted_on", "admitted_precision", "official_on", "official_precision",
        "decided_on", "joined_on", "file_number", "card_issued_on", "card_place", "sort_key", "search_key",
    ]  # fmt: skip
