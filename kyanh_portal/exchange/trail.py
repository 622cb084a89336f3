"""Vietnamese words for what this room records."""

from kyanh_portal.audit.trail import add_verbs

add_verbs(
    {
        "import.sent": "gửi danh sách để nhập, đối chiếu",
        "import.checked": "kiểm tra xong danh sách",
        "import.confirmed": "đồng ý ghi danh sách",
        "import.done": "ghi xong danh sách",
        "import.failed": "danh sách không nhập được",
        "import.dropped": "bỏ danh sách đã gửi",
        "import.template": "tải tệp mẫu",
    }
)
