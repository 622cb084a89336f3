"""Who may do what with organisations, members, roles and accounts — and the rules behind the machine room's pages."""

from chibo.access import dossier, privacy
from chibo.choices import Role
from chibo.fieldclasses import sees, sees_any
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of

BUSINESS = [
    Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION,
]  # fmt: skip
LEADING = [Role.COMMITTEE_SECRETARY, Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION]
__all__ = ["dossier", "privacy"]  # rules with a file of their own, known from the start like those below
NO_BUSINESS = Denied(
    "Trang này dành cho chi ủy, cấp ủy và cơ quan giúp việc. Đảng viên hỏi bí thư chi bộ; quản trị chỉ quản lý tài khoản và vai trò."
)


def holds_any(user, roles) -> bool:
    return scope_of(user).holds(*roles)


@allow("chibo.see_organisations", "Xem tổ chức đảng")
def may_see_organisations(user):
    return True if holds_any(user, [*BUSINESS, Role.MEMBER]) else NO_BUSINESS


@allow("chibo.establish_organisation", "Lập tổ chức đảng")
def may_establish_organisation(user):
    return True if holds_any(user, [Role.ORGANISING]) else Denied("Chỉ Ban Tổ chức lập tổ chức đảng mới.")


@allow("chibo.edit_organisation", "Sửa thông tin tổ chức đảng, nhiệm kỳ, chức vụ")
def may_edit_organisation(user, organisation):
    if scope_of(user).holds(Role.ORGANISING, Role.OFFICE, path=organisation.path):
        return True
    return Denied("Chỉ Ban Tổ chức và Văn phòng sửa thông tin tổ chức đảng. Đồng chí gọi Ban Tổ chức.")


@allow("chibo.rearrange_organisation", "Đổi tên, chuyển, nhập, tách, kết thúc tổ chức đảng")
def may_rearrange_organisation(user, organisation):
    if scope_of(user).holds(Role.ORGANISING, path=organisation.path):
        return True
    return Denied("Chỉ Ban Tổ chức sắp xếp tổ chức đảng. Đồng chí gọi Ban Tổ chức.")


@allow("chibo.keep_calendar", "Ghi ngày nghỉ, ngày làm bù")
def may_keep_calendar(user):
    return (
        True if holds_any(user, [Role.ORGANISING, Role.OFFICE]) else Denied("Ban Tổ chức và Văn phòng ghi lịch nghỉ.")
    )


@allow("chibo.see_members", "Xem danh sách đảng viên")
def may_see_members(user):
    return True if holds_any(user, [*BUSINESS, Role.MEMBER]) else NO_BUSINESS


@allow("chibo.add_member", "Ghi thêm đảng viên")
def may_add_member(user):
    if holds_any(user, [Role.CELL_SECRETARY, Role.ORGANISING]):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức ghi thêm đảng viên.")


@allow("chibo.edit_member", "Sửa thông tin đảng viên")
def may_edit_member(user, member):
    if scope_of(user).holds(Role.CELL_SECRETARY, Role.ORGANISING, path=member.organisation.path):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức sửa thông tin đảng viên.")


@allow("chibo.vote_on_probation", "Ghi biểu quyết về đảng viên dự bị")
def may_vote_on_probation(user, member):
    path = member.organisation.path
    if scope_of(user).holds(Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING, path=path):
        return True
    return Denied("Bí thư chi bộ, bí thư đảng ủy cơ sở hoặc Ban Tổ chức ghi biểu quyết về đảng viên dự bị.")


@allow("chibo.see_transfers", "Xem giấy chuyển sinh hoạt đảng")
def may_see_transfers(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("chibo.sign_transfer", "Ghi ngày ký, tiếp nhận, in phiếu chuyển sinh hoạt đảng")
def may_sign_transfer(user, transfer):
    scope, roles = scope_of(user), (Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING)
    sides = [side.path for side in (transfer.source, transfer.target) if side is not None]
    if any(scope.holds(*roles, path=path) for path in sides):
        return True
    return Denied("Bí thư chi bộ, bí thư đảng ủy hoặc Ban Tổ chức của nơi đi, nơi đến ghi giấy chuyển sinh hoạt.")


@allow("chibo.see_fee_totals", "Xem số thu, nộp đảng phí của các chi bộ")
def may_see_fee_totals(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("chibo.read_fee_lines", "Xem đảng phí từng đồng chí")
def may_read_fee_lines(user, target):
    """Income is personal data: the fee keeper of the cell and those who audit (01-QĐ/TW; personal-data law)."""
    if sees(user, "chibo.FeeLine", "base", target.path):
        return True
    return Denied("Mức đóng từng người chỉ chi bộ và Ủy ban Kiểm tra xem. Đồng chí xem số tổng ở danh sách.")


@allow("chibo.keep_fees", "Thu, chốt đảng phí của chi bộ")
def may_keep_fees(user, target):
    if scope_of(user).holds(Role.CELL_SECRETARY, path=target.path):
        return True
    return Denied("Bí thư chi bộ, người được giao thu mới ghi sổ đảng phí.")


@allow("chibo.declare_fees", "Ghi mức đóng đảng phí của đảng viên")
def may_declare_fees(user, member):
    return may_keep_fees(user, member.organisation)


@allow("chibo.check_fees", "Đối chiếu đảng phí chi bộ nộp")
def may_check_fees(user, target):
    if scope_of(user).holds(Role.COMMITTEE_SECRETARY, Role.OFFICE, path=target.path):
        return True
    return Denied("Đảng ủy, Văn phòng cấp trên đối chiếu số chi bộ nộp.")


@allow("chibo.keep_fund", "Ghi sổ thu, chi")
def may_keep_fund(user, organisation):
    roles = [Role.CELL_SECRETARY] if organisation.kind.is_cell else [Role.COMMITTEE_SECRETARY, Role.OFFICE]
    if scope_of(user).holds(*roles, path=organisation.path):
        return True
    return Denied("Chi bộ ghi sổ của chi bộ; đảng ủy, Văn phòng ghi sổ của cấp ủy.")


@allow("chibo.set_fee_rates", "Đặt mức đóng đảng phí")
def may_set_fee_rates(user):
    return True if holds_any(user, [Role.OFFICE, Role.ORGANISING]) else Denied("Văn phòng và Ban Tổ chức đặt mức đóng.")


@allow("chibo.see_candidates", "Xem nguồn phát triển đảng viên")
def may_see_candidates(user):
    if sees_any(user, "chibo.Candidate", "full_name"):
        return True
    return Denied("Chỉ chi ủy, cấp ủy, Ban Tổ chức và Ủy ban Kiểm tra xem người xin vào Đảng. Số liệu chung ở trang Số liệu.")  # fmt: skip


@allow("chibo.add_candidate", "Ghi quần chúng vào nguồn")
def may_add_candidate(user):
    if holds_any(user, [Role.CELL_SECRETARY, Role.ORGANISING]):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức ghi quần chúng vào nguồn.")


@allow("chibo.move_candidate", "Ghi bước kết nạp, phân công giúp đỡ")
def may_move_candidate(user, candidate):
    path = candidate.organisation.path
    if scope_of(user).holds(Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING, path=path):
        return True
    return Denied("Bí thư chi bộ, đảng ủy hoặc Ban Tổ chức ghi các bước kết nạp.")


@allow("chibo.see_reviews", "Xem rà soát, xếp loại")
def may_see_reviews(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("chibo.start_campaign", "Mở đợt rà soát, giao chỉ tiêu kết nạp")
def may_start_campaign(user):
    if holds_any(user, [Role.COMMITTEE_SECRETARY, Role.ORGANISING]):
        return True
    return Denied("Đảng ủy hoặc Ban Tổ chức mở đợt rà soát.")


@allow("chibo.fill_review", "Ghi phiếu rà soát, xếp loại của chi bộ")
def may_fill_review(user, target):
    if target.organisation.kind.is_cell:
        if scope_of(user).holds(Role.CELL_SECRETARY, path=target.path):
            return True
        return Denied("Bí thư chi bộ ghi phiếu của chi bộ mình.")
    if scope_of(user).holds(Role.COMMITTEE_SECRETARY, path=target.path):
        return True
    return Denied("Bí thư, phó bí thư đảng ủy ghi kết quả của đảng bộ mình.")


@allow("chibo.note_finding", "Ghi việc sau rà soát và kết quả")
def may_note_finding(user, target):
    if may_fill_review(user, target) is True or may_judge_review(user, target) is True:
        return True
    return Denied("Bí thư chi bộ hoặc cấp trên của chi bộ ghi việc sau rà soát.")


@allow("chibo.judge_review", "Kiểm tra phiếu rà soát, quyết định xếp loại")
def may_judge_review(user, target):
    scope = scope_of(user)
    if any(h.role in (Role.COMMITTEE_SECRETARY, Role.ORGANISING) and target.path.startswith(h.path) and target.path != h.path for h in scope.held):  # fmt: skip
        return True
    return Denied("Cấp trên của chi bộ kiểm tra, quyết định.")


@allow("chibo.see_help_cases", "Xem trường hợp đảng viên cần giáo dục, giúp đỡ")
def may_see_help_cases(user):
    if sees_any(user, "chibo.HelpCase", "member"):
        return True
    return Denied("Chỉ chi ủy, cấp ủy, Ban Tổ chức và Ủy ban Kiểm tra xem việc giáo dục, giúp đỡ đảng viên.")


@allow("chibo.open_help_case", "Nêu trường hợp đảng viên cần giáo dục, giúp đỡ")
def may_open_help_case(user):
    if holds_any(user, [Role.CELL_SECRETARY]):
        return True
    return Denied("Chi ủy hoặc bí thư chi bộ nêu trường hợp cần giáo dục, giúp đỡ.")


@allow("chibo.fill_help_case", "Ghi bỏ phiếu kín, phân công, kết luận giúp đỡ")
def may_fill_help_case(user, case):
    return may_fill_review(user, case)


@allow("chibo.direct_help_case", "Cho ý kiến về trường hợp cần giáo dục, giúp đỡ")
def may_direct_help_case(user, case):
    return may_judge_review(user, case)


@allow("accounts.manage", "Quản lý tài khoản và vai trò")
def may_manage_accounts(user):
    return True if holds_any(user, [Role.ADMINISTRATOR]) else Denied("Chỉ Quản trị mở tài khoản và giao vai trò.")


@allow("audit.read", "Xem nhật ký")
def may_read_trail(user):
    if holds_any(user, [Role.INSPECTION, Role.ADMINISTRATOR]):
        return True
    return Denied("Chỉ Ủy ban Kiểm tra và Quản trị xem nhật ký.")


@allow("search.use", "Tìm trong phạm vi của mình")
def may_search(user):
    return True if holds_any(user, [*BUSINESS, Role.MEMBER]) else NO_BUSINESS


@allow("dashboard.see", "Xem trang chính")
def may_see_front_page(user):
    return True


@allow("dashboard.see_figures", "Xem số liệu tổng hợp của các chi bộ")
def may_see_figures(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("reports.ask", "Yêu cầu báo cáo")
def may_ask_report(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("documents.see", "Xem văn bản đã khóa")
def may_see_documents(user):
    return True if holds_any(user, BUSINESS) else NO_BUSINESS


@allow("documents.track", "Ghi bản giấy đã in, trình ký, ký, quét")
def may_track_sheets(user):
    if holds_any(user, [Role.OFFICE, Role.CELL_SECRETARY, Role.COMMITTEE_SECRETARY, Role.ORGANISING]):
        return True
    return Denied("Văn phòng, Ban Tổ chức và bí thư ghi đường đi của bản giấy.")


@allow("documents.take", "Tải văn bản đã khóa; đảng viên tải biên bản của chi bộ mình")
def may_take_documents(user):
    return True if holds_any(user, [*BUSINESS, Role.MEMBER]) else NO_BUSINESS


@allow("parameters.see", "Xem tham số")
def may_see_parameters(user):
    return True if holds_any(user, [*BUSINESS, Role.ADMINISTRATOR]) else NO_BUSINESS


@allow("parameters.set", "Đặt tham số có ngày áp dụng")
def may_set_parameters(user):
    if holds_any(user, [Role.OFFICE, Role.ORGANISING]):
        return True
    return Denied("Chỉ Văn phòng và Ban Tổ chức đặt tham số. Đồng chí gọi Văn phòng.")


@allow("exchange.use", "Nhập, đối chiếu danh sách từ tệp Excel")
def may_use_exchange(user):
    if holds_any(user, [Role.CELL_SECRETARY, Role.ORGANISING]):
        return True
    return Denied("Bí thư chi bộ và Ban Tổ chức nhập danh sách. Đồng chí gọi Ban Tổ chức.")
