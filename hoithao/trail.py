"""Vietnamese words for what this app records."""

from kyanh_portal.audit.trail import add_verbs

add_verbs(
    {
        "meeting.planned": "chuẩn bị cuộc họp",
        "meeting.opened": "khai mạc cuộc họp",
        "meeting.corrected": "sửa phần chuẩn bị",
        "meeting.agenda_set": "ghi chương trình",
        "meeting.roll_taken": "điểm danh",
        "meeting.contribution_added": "ghi ý kiến",
        "meeting.contribution_corrected": "sửa ý kiến đã ghi",
        "meeting.text_saved": "ghi lời văn",
        "meeting.contribution_removed": "bỏ ý kiến ghi nhầm",
        "meeting.vote_logged": "ghi biểu quyết",
        "meeting.vote_removed": "bỏ biểu quyết ghi nhầm",
        "meeting.task_given": "giao việc",
        "meeting.task_corrected": "sửa việc giao",
        "meeting.task_removed": "bỏ việc giao ghi nhầm",
        "meeting.task_reported": "ghi kết quả việc giao",
        "meeting.prepared": "ghi bước chuẩn bị",
        "meeting.read_back": "đọc lại biên bản",
        "meeting.closed": "khóa biên bản",
        "meeting.cancelled": "ghi là không họp",
        "minutes.addendum_added": "ghi đính chính biên bản",
        "programme.opened": "lập chương trình sinh hoạt điểm",
        "lesson.drawn": "ghi bài học",
        "workshop.paper_added": "ghi tham luận",
        "workshop.remark_added": "ghi ý kiến hội thảo",
        "workshop.disagreement_added": "ghi vấn đề còn ý kiến khác nhau",
        "workshop.conclusion_added": "ghi kết luận hội thảo",
        "meeting.handed_over": "chuyển cuộc họp cho nơi tiếp nhận",
    }
)
