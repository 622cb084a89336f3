"""Who may see, prepare, run and lock meetings."""

from chibo.access import BUSINESS, NO_BUSINESS
from chibo.choices import Role
from chibo.models import Organisation
from hoithao.models import RuleFrame
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


@allow("hoithao.write_half_year", "Ghi số mô hình Dân vận khéo, ghi chú vào bảng sáu tháng")
def may_write_half_year(user, organisation):
    scope = scope_of(user)
    if not organisation.kind.is_cell:
        return Denied("Số này ghi cho từng chi bộ.")
    roles = [Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.OFFICE, Role.ORGANISING]
    if scope.holds(*roles, path=organisation.path):
        return True
    return Denied("Bí thư chi bộ, bí thư cấp ủy, Văn phòng hoặc Ban Tổ chức ghi số này.")


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


@allow("hoithao.set_year_rule", "Đặt cách xếp mức sinh hoạt của năm")
def may_set_year_rule(user, organisation):
    if scope_of(user).holds(Role.ORGANISING, path=organisation.path):
        return True
    return Denied("Ban Tổ chức của nơi áp dụng đặt cách xếp mức năm.")


@allow("hoithao.edit_rules", "Sửa quy trình các bước, loại việc biểu quyết")
def may_edit_rules(user):
    """They hold everywhere, so who answers for every cell there is edits them."""
    if may_edit_frame(user, RuleFrame()) is True:
        return True
    return Denied("Ban Tổ chức của cấp ủy cao nhất sửa quy trình và loại việc biểu quyết.")


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


RUNNERS = [Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.OFFICE]
ROUND_STAFF = [Role.COMMITTEE_SECRETARY, Role.OFFICE, Role.ORGANISING]


@allow("hoithao.file_papers", "Gửi bản chụp giấy của cuộc họp, xếp bản chụp chưa có chỗ")
def may_file_papers(user):
    return (
        True if scope_of(user).holds(*RUNNERS) else Denied("Bí thư chi bộ, bí thư đảng ủy hoặc Văn phòng gửi bản chụp.")
    )


@allow("hoithao.assign_scan", "Xếp một bản chụp vào cuộc họp")
def may_assign_scan(user, scan):
    if scope_of(user).holds(*RUNNERS, path=scan.path):
        return True
    return Denied("Bí thư chi bộ, bí thư đảng ủy hoặc Văn phòng xếp bản chụp.")


@allow("hoithao.plan_next", "Lập buổi thường kỳ tới từ ngày cố định")
def may_plan_next(user, organisation):
    if organisation.kind.is_cell and runs_meetings_of(user, organisation):
        return True
    return Denied("Bí thư chi bộ lập buổi sinh hoạt của chi bộ mình.")


@allow("hoithao.assign_follower", "Phân công cấp ủy viên theo dõi chi bộ")
def may_assign_follower(user, organisation):
    if scope_of(user).holds(*ROUND_STAFF, path=organisation.path):
        return True
    return Denied("Cấp ủy cấp trên hoặc Ban Tổ chức phân công người theo dõi chi bộ.")


@allow("hoithao.answer_visit", "Trả lời có dự buổi sinh hoạt của chi bộ mình theo dõi")
def may_answer_visit(user, visit):
    return True if visit.member.user_id == user.pk else Denied("Chỉ đồng chí được phân công theo dõi trả lời.")


@allow("hoithao.see_questions", "Xem những điều cần hỏi các chi bộ")
def may_see_questions(user):
    return True if scope_of(user).holds(*BUSINESS) else NO_BUSINESS


@allow("hoithao.see_petitions", "Xem kiến nghị của chi bộ")
def may_see_petitions(user):
    return True if scope_of(user).holds(*BUSINESS) else NO_BUSINESS


@allow("hoithao.answer_petition", "Tiếp nhận, chuyển, trả lời kiến nghị")
def may_answer_petition(user, petition):
    if scope_of(user).holds(Role.COMMITTEE_SECRETARY, Role.OFFICE, path=petition.addressee.path):
        return True
    return Denied(f"Nơi trả lời là {petition.addressee.name}: bí thư cấp ủy ấy hoặc Văn phòng trả lời.")


@allow("hoithao.run_rounds", "Chọn chi bộ làm điểm cho từng đợt")
def may_run_rounds(user, programme):
    if scope_of(user).holds(*ROUND_STAFF, path=programme.path):
        return True
    return Denied("Cấp ủy, Văn phòng hoặc Ban Tổ chức lập kế hoạch đợt sinh hoạt điểm.")


@allow("hoithao.open_programme", "Lập chương trình sinh hoạt điểm")
def may_open_programme(user):
    return (
        True if scope_of(user).holds(*ROUND_STAFF) else Denied("Cấp ủy, Văn phòng hoặc Ban Tổ chức lập chương trình.")
    )


@allow("hoithao.observe", "Ghi đoàn dự, phiếu quan sát, rút kinh nghiệm tại chỗ của buổi điểm")
def may_observe(user, meeting):
    if scope_of(user).holds(*ROUND_STAFF, path=meeting.path):
        return True
    return Denied("Đoàn dự của cấp trên ghi phiếu quan sát. Chi bộ xem được kết quả.")


@allow("hoithao.move_lesson", "Thống nhất bài học, đưa vào hướng dẫn, kiểm tra lại")
def may_move_lesson(user, lesson):
    if scope_of(user).holds(*ROUND_STAFF, path=lesson.path):
        return True
    return Denied("Cấp ủy, Văn phòng hoặc Ban Tổ chức đưa bài học qua các bước.")


@allow("hoithao.draft_theme", "Lập chuyên đề trong kho")
def may_draft_theme(user):
    return True if scope_of(user).holds(*ROUND_STAFF) else Denied("Tổ xây dựng của cấp ủy lập chuyên đề.")


@allow("hoithao.edit_theme", "Sửa dự thảo chuyên đề")
def may_edit_theme(user, theme):
    if scope_of(user).holds(*ROUND_STAFF, path=theme.path):
        return True
    return Denied("Tổ xây dựng của cấp ủy sửa dự thảo. Chi bộ xem và áp dụng chuyên đề đã duyệt.")


@allow("hoithao.approve_theme", "Duyệt chuyên đề, cho thôi dùng")
def may_approve_theme(user, theme):
    if scope_of(user).holds(Role.STANDING, Role.COMMITTEE_SECRETARY, path=theme.path):
        return True
    return Denied("Ban Thường vụ hoặc bí thư cấp ủy duyệt chuyên đề.")


@allow("hoithao.edit_phrases", "Sửa câu mẫu dùng khi ghi cuộc họp")
def may_edit_phrases(user):
    if scope_of(user).holds(Role.OFFICE, Role.ORGANISING):
        return True
    return Denied("Văn phòng và Ban Tổ chức sửa câu mẫu.")
