"""Papers that go and come: who writes, who takes the number."""

from chibo.choices import Role
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of
from nghiquyet.access.bodies import DRAFTERS, READERS, may_draft_for


@allow("nghiquyet.see_outgoing_papers", "Xem văn bản đi, văn bản đến")
def may_see_outgoing_papers(user):
    if scope_of(user).holds(*READERS):
        return True
    return Denied("Trang văn bản dành cho cấp ủy, chi bộ và các ban. Đồng chí hỏi bí thư chi bộ.")


@allow("nghiquyet.see_outgoing", "Xem một văn bản đi, văn bản đến")
def may_see_outgoing(user, paper):
    if scope_of(user).reaches(paper.path):
        return True
    return Denied("Văn bản này của đơn vị khác.")


@allow("nghiquyet.write_paper", "Soạn văn bản đi, ghi văn bản đến")
def may_write_paper(user):
    if scope_of(user).holds(Role.CELL_SECRETARY, *DRAFTERS):
        return True
    return Denied("Bí thư chi bộ, Văn phòng, Ban Tổ chức hoặc bí thư đảng ủy soạn văn bản.")


@allow("nghiquyet.edit_paper", "Sửa, trình ký văn bản đi")
def may_edit_paper(user, paper):
    if may_draft_for(user, paper.organisation):
        return True
    if paper.organisation.is_cell:
        return Denied("Chỉ bí thư chi bộ soạn văn bản của chi bộ mình.")
    return Denied("Chỉ Văn phòng, Ban Tổ chức và bí thư cấp ủy soạn văn bản của cấp ủy.")


@allow("nghiquyet.issue_paper", "Lấy số, ban hành văn bản đi")
def may_issue_paper(user, paper):
    scope, organisation = scope_of(user), paper.organisation
    if organisation.is_cell:
        if scope.holds(Role.CELL_SECRETARY, path=organisation.path):
            return True
        return Denied("Chỉ bí thư chi bộ lấy số văn bản của chi bộ mình.")
    if scope.holds(Role.OFFICE, path=organisation.path):
        return True
    if organisation.kind.is_base and scope.holds(Role.COMMITTEE_SECRETARY, path=organisation.path):
        return True
    return Denied("Chỉ Văn phòng lấy số và ban hành. Đồng chí gọi Văn phòng.")


@allow("nghiquyet.keep_secret_place", "Giữ số cho tài liệu mật")
def may_keep_secret_place(user):
    if scope_of(user).holds(Role.OFFICE):
        return True
    return Denied("Chỉ Văn phòng giữ số cho tài liệu mật.")
