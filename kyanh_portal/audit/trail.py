"""Verbs of the trail and their Vietnamese words; each app adds its own."""

VERBS: dict[str, str] = {
    "audit.read": "xem nhật ký",
    "access.denied": "bị từ chối",
    "account.signed_in": "đăng nhập",
    "account.signed_out": "đăng xuất",
    "account.sign_in_failed": "đăng nhập không được",
    "account.password_changed": "đổi mật khẩu",
    "secrecy.stopped": "đoạn có dấu độ mật bị chặn",
    "account.slowed_down": "bị bắt đợi khi đăng nhập",
    "account.factor_added": "thêm lớp bảo vệ thứ hai",
    "account.factor_removed": "bỏ lớp bảo vệ thứ hai",
    "account.factor_renewed": "lập lại mã dự phòng",
    "account.sessions_ended": "kết thúc phiên ở máy khác",
    "account.settings_chosen": "đổi cách hiển thị",
    "document.issued": "khóa văn bản",
    "document.sheet": "ghi đường đi của bản giấy",
    "document.downloaded": "tải văn bản",
    "report.asked": "yêu cầu báo cáo",
    "report.failed": "báo cáo không làm được",
    "report.made": "làm xong báo cáo",
    "report.downloaded": "tải báo cáo",
}


def add_verbs(verbs: dict[str, str]) -> None:
    """Register the words for an app's verbs."""
    VERBS.update(verbs)


def words_for(verb: str) -> str:
    """What the verb is called on screen; an unknown one shows itself."""
    return VERBS.get(verb, verb)
