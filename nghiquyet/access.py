"""Who may draft, adopt and issue: a cell's secretary for the own cell, the committee's office for its papers."""

from django.db.models import Q

from chibo.choices import Role
from chibo.models import Organisation
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


def may_draft_for(user, organisation) -> bool:
    """Whether the user prepares papers of this body."""
    roles = [Role.CELL_SECRETARY] if organisation.is_cell else DRAFTERS
    return scope_of(user).holds(*roles, path=organisation.path)


def drafting_bodies(user):
    """The bodies the user may draft for: own cells, or the committees of the branch."""
    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        if held.role == Role.CELL_SECRETARY:
            condition |= Q(path__startswith=held.path, kind__is_cell=True)
        elif held.role in DRAFTERS:
            condition |= Q(path__startswith=held.path, kind__is_cell=False, kind__is_body=False)
    return Organisation.objects.filter(condition).select_related("kind").order_by("kind__rank", "sort_key")


# --- what an issued resolution sets going -------------------------------------------------------------------------


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


@allow("nghiquyet.see_supervisions", "Xem kiểm tra, giám sát")
@allow("nghiquyet.see_duties", "Xem nhiệm vụ, báo cáo tiến độ")
def may_see_duties(user):
    return may_see_resolutions(user)


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


@allow("nghiquyet.answer_obstacle", "Trả lời vướng mắc")
def may_answer_obstacle(user, obstacle):
    if may_draft_for(user, obstacle.decider) or scope_of(user).holds(Role.STANDING, path=obstacle.path):
        return True
    return Denied(f"{obstacle.decider.label} phải trả lời vướng mắc này.")


def paper_bodies(user):
    """The bodies whose papers the user writes: own cells, committees of the branch and, for the office, their bodies."""
    condition = Q(pk__in=[])
    for held in scope_of(user).held:
        below = Q(path__startswith=held.path)
        if held.role == Role.CELL_SECRETARY:
            condition |= below & Q(kind__is_cell=True)
        elif held.role == Role.OFFICE:
            condition |= below & Q(kind__is_cell=False)
        elif held.role == Role.ORGANISING:
            condition |= below & (Q(kind__is_cell=False, kind__is_body=False) | Q(kind__code="ban_to_chuc"))
        elif held.role == Role.COMMITTEE_SECRETARY:
            condition |= below & Q(kind__is_cell=False)
    return (
        Organisation.objects.filter(condition).select_related("kind", "parent__kind").order_by("kind__rank", "sort_key")
    )


def may_write_for(user, organisation) -> bool:
    """Whether the user writes papers of this body."""
    roles = [Role.CELL_SECRETARY] if organisation.is_cell else DRAFTERS
    return scope_of(user).holds(*roles, path=organisation.path)


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
    if may_write_for(user, paper.organisation):
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


# --- the way of a draft -------------------------------------------------------------------------------------------


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


@allow("nghiquyet.affect", "Ghi văn bản sửa đổi, thay thế, kéo dài, kết thúc nghị quyết")
def may_affect(user, resolution):
    return may_issue(user, resolution)


def own_bodies(user):
    """The organisations in whose name the user speaks: where a role is held."""
    return Organisation.objects.filter(path__in=[held.path for held in scope_of(user).held]).order_by("path")
