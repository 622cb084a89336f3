"""Who may see, prepare, run and lock meetings."""

from chibo.access import BUSINESS, NO_BUSINESS
from chibo.choices import Role
from chibo.models import Organisation
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of


def runs_meetings_of(user, organisation) -> bool:
    """A cell's secretary runs the cell's meetings; committees' gatherings are run by their secretary or the office."""
    scope = scope_of(user)
    if organisation.kind.is_cell:
        return scope.holds(Role.CELL_SECRETARY, path=organisation.path)
    return scope.holds(Role.COMMITTEE_SECRETARY, Role.OFFICE, path=organisation.path)


@allow("hoithao.see_meetings", "Xem danh sách cuộc họp")
def may_see_meetings(user):
    return True if scope_of(user).holds(*BUSINESS, Role.MEMBER) else NO_BUSINESS


@allow("hoithao.see_meeting", "Xem một cuộc họp và biên bản")
def may_see_meeting(user, meeting):
    scope = scope_of(user)
    if scope.reaches(meeting.path) or meeting.path in scope.own_cell_paths:
        return True
    return NO_BUSINESS


@allow("hoithao.plan_meeting", "Chuẩn bị cuộc họp mới")
def may_plan_meeting(user):
    if scope_of(user).holds(Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.OFFICE):
        return True
    return Denied("Bí thư chi bộ, bí thư đảng ủy hoặc Văn phòng chuẩn bị cuộc họp.")


@allow("hoithao.run_meeting", "Ghi cuộc họp, khóa biên bản, đính chính")
def may_run_meeting(user, meeting):
    if runs_meetings_of(user, meeting.organisation):
        return True
    if meeting.organisation.kind.is_cell:
        return Denied("Chỉ bí thư, thư ký của chi bộ ghi cuộc họp này. Đồng chí xem được biên bản.")
    return Denied("Chỉ bí thư cấp ủy hoặc Văn phòng ghi cuộc họp này.")


@allow("hoithao.review_score", "Cấp trên xác nhận, điều chỉnh điểm sinh hoạt")
def may_review_score(user, meeting):
    if scope_of(user).holds(Role.COMMITTEE_SECRETARY, Role.ORGANISING, path=meeting.path):
        return True
    return Denied("Cấp ủy cấp trên trực tiếp hoặc Ban Tổ chức xác nhận điểm của chi bộ.")


@allow("hoithao.see_frames", "Xem khung đánh giá chất lượng sinh hoạt")
def may_see_frames(user):
    return True if scope_of(user).holds(*BUSINESS, Role.MEMBER) else NO_BUSINESS


@allow("hoithao.draft_frame", "Lập khung đánh giá")
def may_draft_frame(user):
    return True if scope_of(user).holds(Role.ORGANISING) else Denied("Ban Tổ chức lập khung đánh giá.")


@allow("hoithao.edit_frame", "Sửa, áp dụng khung đánh giá")
def may_edit_frame(user, frame):
    """Of one's own branch; a frame for everywhere is edited by who answers for every cell there is."""
    scope = scope_of(user)
    if frame.organisation_id is None:
        if scope.holds(Role.ORGANISING) and not Organisation.objects.cells().exclude(scope.covers("path")).exists():
            return True
    elif scope.holds(Role.ORGANISING, path=frame.path):
        return True
    return Denied("Ban Tổ chức của nơi áp dụng sửa khung đánh giá này.")


@allow("hoithao.see_programmes", "Xem chương trình sinh hoạt điểm, bài học, hội thảo")
def may_see_programmes(user):
    return True if scope_of(user).holds(*BUSINESS) else NO_BUSINESS


@allow("hoithao.edit_workshop", "Ghi tham luận, ý kiến, kết luận của hội thảo")
def may_edit_workshop(user, meeting):
    if scope_of(user).holds(Role.OFFICE, Role.COMMITTEE_SECRETARY, path=meeting.path):
        return True
    return Denied("Chỉ Văn phòng ghi nội dung hội thảo.")


@allow("hoithao.see_paper_orders", "Xem bài tham luận được đặt cho đơn vị mình")
def may_see_paper_orders(user):
    return True if scope_of(user).holds(*BUSINESS) else NO_BUSINESS


@allow("hoithao.send_paper", "Gửi bài tham luận được đặt")
def may_send_paper(user, order):
    """The unit's own secretary; the office may take a paper in that came by hand."""
    scope = scope_of(user)
    if scope.holds(Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, path=order.path):
        return True
    if scope.holds(Role.OFFICE, path=order.meeting.path):
        return True
    return Denied("Chỉ bí thư của đơn vị được đặt bài, hoặc Văn phòng, gửi bài này.")


@allow("hoithao.review_paper", "Nhận xét, yêu cầu sửa, nhận bài tham luận")
def may_review_paper(user, order):
    if scope_of(user).holds(Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY, path=order.meeting.path):
        return True
    return Denied("Chỉ Văn phòng, Ban Tổ chức của cấp ủy tổ chức hội thảo đọc và nhận bài.")


@allow("hoithao.issue_workshop_paper", "Ban hành giấy mời, thông báo, báo cáo của hội thảo")
def may_issue_workshop_paper(user, meeting):
    if scope_of(user).holds(Role.OFFICE, path=meeting.path):
        return True
    return Denied("Chỉ Văn phòng ban hành văn bản của hội thảo.")
