"""Vietnamese words for what this app records."""

from kyanh_portal.audit.trail import add_verbs

add_verbs(
    {
        "resolution.drafted": "dự thảo nghị quyết",
        "resolution.edited": "sửa phần đầu, cuối nghị quyết",
        "resolution.clause_added": "thêm phần nghị quyết",
        "resolution.clause_edited": "sửa phần nghị quyết",
        "resolution.text_saved": "ghi lời văn nghị quyết",
        "resolution.clause_moved": "chuyển chỗ phần nghị quyết",
        "resolution.clause_removed": "bỏ phần nghị quyết",
        "resolution.draft_numbered": "lập dự thảo lần sau",
        "resolution.adopted": "ghi biểu quyết thông qua nghị quyết",
        "resolution.returned": "trả nghị quyết về dự thảo",
        "resolution.issued": "ban hành nghị quyết",
        "resolution.handed_over": "chuyển dự thảo cho nơi tiếp nhận",
    }
)
