"""Vietnamese words for what this app records."""

from kyanh_portal.audit.trail import add_verbs

add_verbs(
    {
        "organisation.established": "lập tổ chức đảng",
        "organisation.corrected": "sửa thông tin tổ chức",
        "member.entered": "ghi thêm đảng viên",
        "member.corrected": "sửa thông tin đảng viên",
        "member.standing_set": "ghi thời gian miễn, tạm thời",
        "member.standing_ended": "kết thúc thời gian miễn, tạm thời",
        "term.opened": "mở nhiệm kỳ",
        "position.given": "ghi chức vụ",
        "position.ended": "kết thúc chức vụ",
        "role.granted": "giao vai trò",
        "role.ended": "thôi vai trò",
        "account.opened": "mở tài khoản",
        "account.closed": "khóa tài khoản",
        "account.reopened": "mở lại tài khoản",
        "account.password_reset": "cấp lại mật khẩu",
        "holiday.set": "ghi lịch nghỉ",
        "organisation.arranged": "sắp xếp tổ chức",
        "organisation.delegated": "giao quyền cho tổ chức",
        "transfer.asked": "mở giấy chuyển sinh hoạt",
        "transfer.signed": "ghi ô đã ký",
        "transfer.fee_noted": "ghi đảng phí đã đóng",
        "transfer.refused": "ghi không tiếp nhận",
        "member.recognised": "công nhận đảng viên chính thức",
        "member.left": "ghi ra khỏi Đảng, từ trần",
        "member.readmitted": "ghi kết nạp lại",
        "member.disciplined": "ghi kỷ luật",
        "member.badge_given": "ghi Huy hiệu Đảng",
    }
)
