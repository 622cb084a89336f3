"""Who may draft, adopt and issue: a cell's secretary for the own cell, the committee's office for its papers."""

from chibo.choices import Role
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of

READERS = [
    Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION,
]  # fmt: skip
DRAFTERS = [Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY]
ADOPTERS = [Role.OFFICE, Role.COMMITTEE_SECRETARY, Role.STANDING]


@allow("nghiquyet.see_resolutions", "Xem nghị quyết")
def may_see_resolutions(user):
    if scope_of(user).holds(*READERS):
        return True
    return Denied("Trang nghị quyết dành cho cấp ủy, chi bộ và các ban. Đồng chí hỏi bí thư chi bộ.")


@allow("nghiquyet.see_resolution", "Xem dự thảo nghị quyết")
def may_see_resolution(user, resolution):
    if scope_of(user).reaches(resolution.path):
        return True
    return Denied("Nghị quyết này của đơn vị khác.")


@allow("nghiquyet.draft", "Dự thảo nghị quyết")
def may_draft(user):
    if scope_of(user).holds(Role.CELL_SECRETARY, *DRAFTERS):
        return True
    return Denied("Bí thư chi bộ, Văn phòng, Ban Tổ chức hoặc bí thư đảng ủy dự thảo nghị quyết.")


@allow("nghiquyet.draft_after", "Dự thảo nghị quyết từ kết luận hội thảo")
def may_draft_after(user, meeting):
    if scope_of(user).holds(*DRAFTERS, path=meeting.path):
        return True
    return Denied("Văn phòng, Ban Tổ chức hoặc bí thư cấp ủy dự thảo nghị quyết từ kết luận hội thảo.")


@allow("nghiquyet.edit", "Sửa dự thảo nghị quyết")
def may_edit(user, resolution):
    if may_draft_for(user, resolution.organisation):
        return True
    if resolution.organisation.is_cell:
        return Denied("Chỉ bí thư chi bộ sửa dự thảo nghị quyết của chi bộ mình.")
    return Denied("Chỉ Văn phòng, Ban Tổ chức và bí thư cấp ủy sửa dự thảo nghị quyết của cấp ủy.")


@allow("nghiquyet.adopt", "Ghi biểu quyết thông qua nghị quyết")
def may_adopt(user, resolution):
    scope = scope_of(user)
    if resolution.organisation.is_cell:
        if scope.holds(Role.CELL_SECRETARY, path=resolution.path):
            return True
        return Denied("Chỉ bí thư chi bộ ghi biểu quyết của chi bộ mình.")
    if scope.holds(*ADOPTERS, path=resolution.path):
        return True
    return Denied("Văn phòng, bí thư hoặc Thường trực cấp ủy ghi biểu quyết thông qua.")


@allow("nghiquyet.issue", "Ban hành nghị quyết")
def may_issue(user, resolution):
    scope = scope_of(user)
    if resolution.organisation.is_cell:
        if scope.holds(Role.CELL_SECRETARY, path=resolution.path):
            return True
        return Denied("Chỉ bí thư chi bộ ban hành nghị quyết của chi bộ mình.")
    if scope.holds(Role.OFFICE, path=resolution.path):
        return True
    return Denied("Chỉ Văn phòng được ban hành. Đồng chí gọi Văn phòng hoặc gửi đề nghị.")


def may_draft_for(user, organisation) -> bool:
    """Whether the user prepares papers of this body."""
    roles = [Role.CELL_SECRETARY] if organisation.is_cell else DRAFTERS
    return scope_of(user).holds(*roles, path=organisation.path)


def drafting_bodies(user):
    """The bodies the user may draft for: own cells, or the committees of the branch."""
    from django.db.models import Q

    from chibo.models import Organisation

    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        if held.role == Role.CELL_SECRETARY:
            condition |= Q(path__startswith=held.path, kind__is_cell=True)
        elif held.role in DRAFTERS:
            condition |= Q(path__startswith=held.path, kind__is_cell=False, kind__is_body=False)
    return Organisation.objects.filter(condition).select_related("kind").order_by("kind__rank", "sort_key")
