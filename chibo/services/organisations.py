"""Found an organisation, correct what is written of it."""

from django.db import transaction

from chibo.choices import Arranged
from chibo.models import Organisation
from chibo.rulebooks import rulebook_on
from kyanh_portal.audit.record import changes, record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.errors import RuleBroken


@transaction.atomic
def establish_organisation(
    *, by, kind, name, header_name, place_name, parent=None, cell_type=None, **fields
) -> Organisation:
    """Found an organisation below `parent` and give it its place in the tree.

    Raises RuleBroken when a cell has no type, or when the parent ended before the new one begins.
    """
    if kind.is_cell and cell_type is None:
        raise RuleBroken("Chọn loại hình của chi bộ.", field="cell_type")
    if kind.code == "chi_bo_co_so" and cell_type.code == "thon_tdp" and fields.get("valid_from"):
        if rulebook_on(fields["valid_from"])["village_only_under_committee"]:
            raise RuleBroken(
                "Thôn, tổ dân phố chỉ lập chi bộ trực thuộc đảng ủy xã, phường (294-QĐ/TW 20.2.2).", field="kind"
            )
    if parent and parent.kind.is_cell:
        raise RuleBroken("Chi bộ không có tổ chức trực thuộc. Chọn đảng bộ cấp trên.", field="parent")
    begins = fields.get("valid_from")
    if parent and begins and parent.valid_from and begins < parent.valid_from:
        raise RuleBroken(f"{parent.label} lập ngày {vn_date(parent.valid_from)}. Chọn ngày từ đó trở đi.", field="valid_from")  # fmt: skip
    if begins and not (kind.valid_from or begins) <= begins <= (kind.valid_to or begins):
        raise RuleBroken(f"Loại “{kind.name}” không dùng vào ngày này ({kind.source}). Chọn loại khác.", field="kind")
    if parent and parent.valid_to and begins and begins > parent.valid_to:
        raise RuleBroken("Cấp trên đã thôi hoạt động trước ngày này.", field="valid_from")
    if Organisation.objects.filter(parent=parent, name=name, valid_to__isnull=True).exists():
        raise RuleBroken("Trong tổ chức này đã có một đơn vị cùng tên đang hoạt động.", field="name")
    organisation = Organisation(
        kind=kind,
        name=name,
        parent=parent,
        cell_type=cell_type,
        header_name=header_name,
        place_name=place_name,
        **fields,
    )
    organisation.full_clean(exclude=["path", "sort_key", "search_key"])
    organisation.save()
    organisation.path = f"{parent.path if parent else ''}{organisation.pk:010d}."
    organisation.save(update_fields=["path"])
    record("organisation.established", organisation, by=by, kind=kind.code)
    return organisation


@transaction.atomic
def correct_organisation(organisation, *, by, **fields) -> Organisation:
    """Change what is written of an organisation; papers already issued keep the old words."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    changed = changes(organisation, fields, told=fields)
    for name in changed:
        setattr(organisation, name, fields[name])
    if "valid_to" in changed:
        ended = organisation.lineage.filter(kind__in=Arranged.ends()).exists()
        left = (
            organisation.members.filter(left_on=None).exists() or organisation.children.filter(valid_to=None).exists()
        )
        if ended or (fields["valid_to"] and left):
            raise RuleBroken("Thôi hoạt động là một việc sắp xếp: vào Sắp xếp, chọn Sáp nhập, Giải thể hoặc Kết thúc hoạt động, để đảng viên, đơn vị trực thuộc có nơi tiếp nhận.", field="valid_to")  # fmt: skip
    if organisation.valid_from and organisation.valid_to and organisation.valid_to < organisation.valid_from:
        raise RuleBroken("Ngày thôi hoạt động phải sau ngày bắt đầu.", field="valid_to")
    if changed:
        organisation.save()
        record("organisation.corrected", organisation, by=by, fields=list(changed), changes=changed)
    return organisation
