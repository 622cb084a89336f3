"""Personal data: who takes a list out, sees a whole number, answers requests, follows incidents."""

from chibo.choices import Role
from chibo.fieldclasses import sees, sees_any
from kyanh_portal.access.rules import Denied, allow
from kyanh_portal.access.scope import scope_of


@allow("chibo.export_list", "Xuất danh sách ra Excel")
def may_export_list(user):
    if scope_of(user).holds(Role.ORGANISING, Role.OFFICE):
        return True
    return Denied("Chỉ Ban Tổ chức và Văn phòng xuất danh sách. Đồng chí gọi Ban Tổ chức.")


@allow("chibo.see_number", "Xem, ghi đủ số định danh của đảng viên, có lý do")
def may_see_number(user, member):
    if sees(user, "chibo.MemberIdentity", "sealed", member.organisation.path):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức xem đủ số định danh, có lý do. Đồng chí gọi Ban Tổ chức.")


@allow("chibo.find_by_number", "Tìm đảng viên theo số định danh")
def may_find_by_number(user):
    if sees_any(user, "chibo.MemberIdentity", "trace"):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức tìm theo số định danh.")


@allow("chibo.own_data", "Xem dữ liệu của mình, đề nghị sửa; báo sự cố dữ liệu")
def may_see_own_data(user):
    return True


@allow("chibo.answer_requests", "Ghi, trả lời đề nghị về dữ liệu")
def may_answer_requests(user):
    if sees_any(user, "chibo.DataRequest", "text"):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức trả lời đề nghị về dữ liệu.")


@allow("chibo.answer_request", "Trả lời một đề nghị về dữ liệu")
def may_answer_request(user, request):
    scope = scope_of(user)
    if scope.member_id == request.member_id:
        return Denied("Không ai tự trả lời đề nghị về dữ liệu của mình. Ban Tổ chức trả lời.")
    if sees(user, "chibo.DataRequest", "text", request.path):
        return True
    return Denied("Bí thư chi bộ hoặc Ban Tổ chức trả lời đề nghị về dữ liệu.")


@allow("chibo.handle_incidents", "Theo dõi sự cố dữ liệu, sổ xử lý dữ liệu")
def may_handle_incidents(user):
    if scope_of(user).holds(Role.ORGANISING, Role.OFFICE, Role.INSPECTION, Role.STANDING, Role.ADMINISTRATOR):
        return True
    return Denied("Ban Tổ chức, Văn phòng, Ủy ban Kiểm tra, Quản trị theo dõi sự cố dữ liệu.")


@allow("chibo.clear_data", "Xóa dữ liệu cá nhân đã hết hạn giữ")
def may_clear_data(user):
    if scope_of(user).holds(Role.ORGANISING):
        return True
    return Denied("Ban Tổ chức xem và xóa dữ liệu đã hết hạn giữ.")


@allow("chibo.handle_incident", "Ghi việc xử lý một sự cố dữ liệu")
def may_handle_incident(user, incident):
    if scope_of(user).holds(Role.ORGANISING, Role.OFFICE, Role.ADMINISTRATOR, path=incident.path):
        return True
    return Denied("Ban Tổ chức, Văn phòng, Quản trị ghi việc xử lý sự cố dữ liệu.")
