"""Lines of scores, of programmes and of the rules they stand on for the address × role matrix (see tests/access_lines.py)."""

ROUTES = {
    "hoithao:score_detail": ("hoithao.see_meeting", "meeting"),
    "hoithao:programme_create": ("hoithao.open_programme",),
    "hoithao:score_send": ("hoithao.run_meeting", "meeting"),
    "hoithao:score_late": ("hoithao.run_meeting", "meeting", False, {404}),
    "hoithao:score_review": ("hoithao.review_score", "meeting"),
    "hoithao:procedure_page": ("hoithao.see_frames",),
    "hoithao:procedure_revise": ("hoithao.edit_rules", "kind_code"),
    "hoithao:procedure_withdraw": ("hoithao.edit_rules", "kind_code"),
    "hoithao:decision_page": ("hoithao.see_frames",),
    "hoithao:decision_create": ("hoithao.edit_rules",),
    "hoithao:decision_revise": ("hoithao.edit_rules", "decision_code"),
    "hoithao:decision_withdraw": ("hoithao.edit_rules", "decision_code"),
    "hoithao:frame_list": ("hoithao.see_frames",),
    "hoithao:frame_create": ("hoithao.draft_frame",),
    "hoithao:frame_detail": ("hoithao.see_frames", "frame"),
    "hoithao:frame_edit": ("hoithao.edit_frame", "frame"),
    "hoithao:frame_version": ("hoithao.edit_frame", "frame"),
    "hoithao:frame_in_force": ("hoithao.edit_frame", "frame"),
    "hoithao:frame_discard": ("hoithao.edit_frame", "frame"),
    "hoithao:frame_preview": ("hoithao.see_frames", "frame"),
    "hoithao:criterion_create": ("hoithao.edit_frame", "frame"),
    "hoithao:criterion_edit": ("hoithao.edit_frame", "criterion"),
    "hoithao:criterion_remove": ("hoithao.edit_frame", "criterion"),
}
RULES = {"hoithao.edit_rules": {"organising"}, "hoithao.open_programme": {"committee", "office", "organising"}}
