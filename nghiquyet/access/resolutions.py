"""Who drafts, adopts, corrects and issues: a cell's secretary for the own cell, the committee's office for its papers."""

from chibo.choices import Role
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of
from nghiquyet.access.bodies import ADOPTERS, DRAFTERS, READERS, may_draft_for


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


@allow("nghiquyet.move", "Chuyển bước, phân công soạn thảo, lập hồ sơ trình nghị quyết")
def may_move(user, resolution):
    return may_edit(user, resolution)


@allow("nghiquyet.see_version", "Xem bản dự thảo gửi lấy ý kiến")
def may_see_version(user, version):
    if scope_of(user).holds(*READERS):
        return True  # found only among the versions of the own branch and those one was asked about
    return Denied("Bản dự thảo dành cho nơi được hỏi ý kiến. Đồng chí hỏi bí thư chi bộ.")


@allow("nghiquyet.answer", "Tiếp thu, giải trình ý kiến góp ý")
def may_answer(user, comment):
    return may_edit(user, comment.version.resolution)


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


@allow("nghiquyet.edit_wording", "Biên tập kỹ thuật nghị quyết đã thông qua")
def may_edit_wording(user, resolution):
    """Whoever issues it answers for its form (36-HD/VPTW: the office examines before the signature)."""
    if may_issue(user, resolution) is True:
        return True
    return Denied("Văn phòng, ở chi bộ là bí thư, biên tập nghị quyết đã thông qua. Đồng chí gửi nơi ấy chỗ cần sửa.")


@allow("nghiquyet.check_wording", "Xác nhận chỗ biên tập kỹ thuật của người khác")
def may_check_wording(user, edit):
    """Whoever drafts for the body or records its votes, but never who made the edit."""
    resolution = edit.resolution
    if edit.by_id == user.pk:
        return Denied("Người sửa không tự xác nhận chỗ mình sửa. Đồng chí nhờ người khác đọc lại.")
    roles = [Role.CELL_SECRETARY] if resolution.organisation.is_cell else [*DRAFTERS, Role.STANDING]
    if scope_of(user).holds(*roles, path=resolution.path):
        return True
    return Denied("Văn phòng, Ban Tổ chức, bí thư hoặc Thường trực cấp ủy xác nhận chỗ biên tập.")


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


@allow("nghiquyet.affect", "Ghi văn bản sửa đổi, thay thế, kéo dài, kết thúc nghị quyết")
def may_affect(user, resolution):
    return may_issue(user, resolution)
