"""The paper file of a member: who reads the checklist, who ticks it; who reads the book of rewards."""

from chibo.choices import Role
from chibo.fieldclasses import sees, sees_any
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of

READERS = (
    Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION,
)  # fmt: skip
_NOT_SHOWN = Denied("Chỉ chi ủy, cấp ủy, Ban Tổ chức và Ủy ban Kiểm tra xem giấy tờ trong hồ sơ đảng viên.")


@allow("chibo.see_dossiers", "Xem kiểm đếm hồ sơ đảng viên")
def may_see_dossiers(user):
    return True if sees_any(user, "chibo.DossierPaper", "state") else _NOT_SHOWN


@allow("chibo.see_rewards", "Xem sổ khen thưởng của Đảng")
def may_see_rewards(user):
    if scope_of(user).holds(*READERS):
        return True
    return Denied("Sổ khen thưởng dành cho chi ủy, cấp ủy và cơ quan giúp việc. Đảng viên hỏi bí thư chi bộ.")


@allow("chibo.see_dossier", "Xem giấy tờ trong hồ sơ của một đảng viên")
def may_see_dossier(user, member):
    return True if sees(user, "chibo.DossierPaper", "state", member.organisation.path) else _NOT_SHOWN


@allow("chibo.check_dossier", "Kiểm đếm giấy tờ trong hồ sơ đảng viên")
def may_check_dossier(user, member):
    """The files lie with the committee of the base, or above it; a cell keeps them where it is the base (06-HD/TW 8)."""
    cell = member.organisation
    roles = [Role.COMMITTEE_SECRETARY, Role.ORGANISING, *([Role.CELL_SECRETARY] if cell.kind.is_base else [])]
    if scope_of(user).holds(*roles, path=cell.path):
        return True
    return Denied("Cấp ủy cơ sở hoặc Ban Tổ chức giữ hồ sơ nên ghi kiểm đếm. Đồng chí báo giấy còn thiếu cho đảng ủy.")
