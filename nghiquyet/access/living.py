"""What an issued resolution sets going: targets, duties, reports, study, supervision."""

from chibo.choices import Role
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of
from nghiquyet.access.bodies import ADOPTERS, may_draft_for
from nghiquyet.access.resolutions import may_draft, may_see_resolutions


@allow("nghiquyet.see_living", "Xem việc thực hiện nghị quyết")
def may_see_living(user, resolution):
    """Those of the branch, and those below it whom the resolution binds."""
    scope = scope_of(user)
    if scope.reaches(resolution.path) or any(path.startswith(resolution.path) for path in scope.seeing_paths):
        return True
    return Denied("Nghị quyết này của đơn vị khác.")


@allow("nghiquyet.assign", "Giao chỉ tiêu, nhiệm vụ, kế hoạch học tập")
def may_assign(user, resolution):
    if may_draft_for(user, resolution.organisation):
        return True
    return Denied("Văn phòng, Ban Tổ chức hoặc bí thư của cơ quan ban hành giao chỉ tiêu, nhiệm vụ.")


@allow("nghiquyet.see_target", "Xem chỉ tiêu")
def may_see_target(user, target):
    return may_see_living(user, target.resolution)


@allow("nghiquyet.see_evaluation", "Xem đánh giá nghị quyết")
def may_see_evaluation(user, evaluation):
    return may_see_living(user, evaluation.resolution)


@allow("nghiquyet.keep_target", "Ghi mức, số liệu chỉ tiêu")
def may_keep_target(user, target):
    if may_draft_for(user, target.resolution.organisation) or may_draft_for(user, target.responsible):
        return True
    return Denied("Cơ quan phụ trách chỉ tiêu ghi mức và số liệu.")


@allow("nghiquyet.see_supervisions", "Xem kiểm tra, giám sát")
@allow("nghiquyet.see_duties", "Xem nhiệm vụ, báo cáo tiến độ")
def may_see_duties(user):
    return may_see_resolutions(user)


@allow("nghiquyet.see_duty", "Xem nhiệm vụ")
@allow("nghiquyet.see_supervision", "Xem hồ sơ kiểm tra, giám sát")
@allow("nghiquyet.see_check_paper", "Xem văn bản trong hồ sơ kiểm tra, giám sát")
def may_see_found(user, row):
    return True  # found only among those visible to the user


@allow("nghiquyet.do_duty", "Thực hiện nhiệm vụ")
def may_do_duty(user, duty):
    if may_draft_for(user, duty.lead):
        return True
    return Denied(f"Việc này do {duty.lead.label} chủ trì. Đồng chí xem được, không ghi được.")


@allow("nghiquyet.approve_duty", "Giao, duyệt hạn, xác nhận kết quả nhiệm vụ")
def may_approve_duty(user, duty):
    roles = [Role.CELL_SECRETARY] if duty.approver.is_cell else [*ADOPTERS, Role.ORGANISING, Role.INSPECTION]
    if scope_of(user).holds(*roles, path=duty.approver.path):
        return True
    return Denied(f"{duty.approver.label} xác nhận kết quả và duyệt thời hạn việc này.")


@allow("nghiquyet.answer_obstacle", "Trả lời vướng mắc")
def may_answer_obstacle(user, obstacle):
    if may_draft_for(user, obstacle.decider) or scope_of(user).holds(Role.STANDING, path=obstacle.path):
        return True
    return Denied(f"{obstacle.decider.label} phải trả lời vướng mắc này.")


@allow("nghiquyet.see_report", "Xem báo cáo tiến độ")
def may_see_report(user, report):
    if scope_of(user).reaches(report.path):
        return True
    return Denied("Báo cáo này của đơn vị khác.")


@allow("nghiquyet.write_report", "Lập, gửi báo cáo tiến độ")
def may_write_report(user, report):
    return may_draft_for(user, report.organisation) or Denied(f"Báo cáo này do {report.organisation.label} lập.")


@allow("nghiquyet.mark_topics", "Ghi việc của buổi họp phục vụ khoản nghị quyết nào")
def may_mark_topics(user, meeting):
    return may_draft_for(user, meeting.organisation) or Denied(f"Việc này do {meeting.organisation.label} ghi.")


@allow("nghiquyet.receive_report", "Tiếp nhận, trả lại báo cáo tiến độ")
def may_receive_report(user, report):
    if scope_of(user).holds(Role.OFFICE, Role.ORGANISING, Role.COMMITTEE_SECRETARY, path=report.path):
        return True
    return Denied("Cấp trên tiếp nhận: bí thư đảng ủy, Văn phòng hoặc Ban Tổ chức.")


@allow("nghiquyet.reopen_report", "Mở lại kỳ báo cáo đã khóa")
def may_reopen_report(user, report):
    if scope_of(user).holds(Role.OFFICE, path=report.path):
        return True
    return Denied("Chỉ Văn phòng mở lại kỳ đã khóa, có lý do. Đồng chí gọi Văn phòng.")


@allow("nghiquyet.record_study", "Ghi buổi học tập, việc cụ thể hóa của đơn vị")
def may_record_study(user):
    return may_draft(user)


@allow("nghiquyet.edit_templates", "Sửa mẫu cụ thể hóa theo loại hình chi bộ")
def may_edit_templates(user):
    if scope_of(user).holds(Role.ORGANISING):
        return True
    return Denied("Ban Tổ chức sửa mẫu cụ thể hóa.")


@allow("nghiquyet.plan_supervision", "Lập cuộc kiểm tra, giám sát")
def may_plan_supervision(user):
    if scope_of(user).holds(Role.INSPECTION, Role.COMMITTEE_SECRETARY):
        return True
    return Denied("Ủy ban Kiểm tra hoặc bí thư đảng ủy lập cuộc kiểm tra, giám sát.")


@allow("nghiquyet.run_supervision", "Tiến hành kiểm tra, giám sát")
def may_run_supervision(user, supervision):
    if type(supervision).objects.led_by(user).filter(pk=supervision.pk).exists():
        return True
    return Denied("Chỉ đoàn, Ủy ban Kiểm tra và cơ quan ra quyết định ghi hồ sơ này.")


@allow("nghiquyet.answer_supervision", "Nộp báo cáo tự kiểm tra, báo cáo khắc phục")
def may_answer_supervision(user, supervision):
    return True  # the service asks whose paper it is
