"""Lines of the address × role matrix for what an issued resolution sets going (see tests/access_lines.py)."""

TOWN = {"standing", "office", "organising", "inspection"}
BUSINESS = TOWN | {"secretary", "committee"}
GIVERS = {"committee", "office", "organising"}

# Read by all whom the resolution binds, the bodies below too.
SEES_TOO = {
    (kind, "town"): {"secretary", "committee"} for kind in ("living", "target", "template_item", "evaluation")
} | {(kind, "ward"): {"secretary"} for kind in ("duty", "duty_do", "duty_decide", "obstacle")}  # fmt: skip

RULES = {
    "nghiquyet.edit_wording": ({"secretary"}, {"office"}),
    "nghiquyet.check_wording": ({"secretary"}, {"office", "organising", "standing"}),
    # what an issued resolution sets going
    "nghiquyet.see_duties": BUSINESS,
    "nghiquyet.record_study": {"secretary", "committee", "office", "organising"},
    "nghiquyet.edit_templates": {"organising"},
    "nghiquyet.see_supervisions": BUSINESS,
    "nghiquyet.plan_supervision": {"inspection", "committee"},
    "nghiquyet.see_living": (BUSINESS, BUSINESS),
    "nghiquyet.see_target": (BUSINESS, BUSINESS),
    "nghiquyet.see_evaluation": (BUSINESS, BUSINESS),
    "nghiquyet.see_duty": (BUSINESS, BUSINESS),
    "nghiquyet.see_report": (BUSINESS, BUSINESS),
    "nghiquyet.assign": (set(), {"office", "organising"}),
    "nghiquyet.keep_target": (set(), {"office", "organising"}),
    "nghiquyet.do_duty": ({"secretary"}, GIVERS),
    "nghiquyet.approve_duty": (TOWN, TOWN),
    "nghiquyet.answer_obstacle": (set(), GIVERS | {"standing"}),
    "nghiquyet.mark_topics": ({"secretary"}, GIVERS),
    "nghiquyet.write_report": ({"secretary"}, GIVERS),
    "nghiquyet.reopen_report": ({"office"}, {"office"}),
    "nghiquyet.receive_report": (GIVERS, GIVERS),
    "nghiquyet.see_supervision": (BUSINESS, BUSINESS),
    "nghiquyet.run_supervision": ({"inspection", "standing"}, {"inspection", "standing"}),
    "nghiquyet.answer_supervision": (BUSINESS, BUSINESS),
}

ROUTES = {
    "nghiquyet:resolution_living": ("nghiquyet.see_living", "living"),
    "nghiquyet:clause_told": ("nghiquyet.assign", "khoan"),
    "nghiquyet:clause_to_assign": ("nghiquyet.assign", "khoan"),
    "nghiquyet:meeting_topics": ("nghiquyet.mark_topics", "meeting"),
    "nghiquyet:target_create": ("nghiquyet.assign", "living"),
    "nghiquyet:target_detail": ("nghiquyet.see_target", "target"),
    "nghiquyet:target_edit": ("nghiquyet.keep_target", "target"),
    "nghiquyet:target_goal": ("nghiquyet.keep_target", "target"),
    "nghiquyet:target_figure": ("nghiquyet.keep_target", "target"),
    "nghiquyet:target_end": ("nghiquyet.keep_target", "target"),
    "nghiquyet:target_links": ("nghiquyet.keep_target", "target"),
    "nghiquyet:evaluation_list": ("nghiquyet.see_living", "living"),
    "nghiquyet:evaluation_create": ("nghiquyet.assign", "living"),
    "nghiquyet:evaluation_detail": ("nghiquyet.see_evaluation", "evaluation"),
    "nghiquyet:tables_export": ("nghiquyet.see_living", "living"),
    "nghiquyet:resolution_chain": ("nghiquyet.see_living", "living"),
    "nghiquyet:duty_list": ("nghiquyet.see_duties",),
    "nghiquyet:duty_create": ("nghiquyet.assign", "living"),
    "nghiquyet:duty_detail": ("nghiquyet.see_duty", "duty"),
    "nghiquyet:duty_do": ("nghiquyet.do_duty", "duty_do"),
    "nghiquyet:duty_decide": ("nghiquyet.approve_duty", "duty_decide"),
    "nghiquyet:obstacle_answer": ("nghiquyet.answer_obstacle", "obstacle"),
    "nghiquyet:report_list": ("nghiquyet.see_duties",),
    "nghiquyet:report_detail": ("nghiquyet.see_report", "progress"),
    "nghiquyet:report_write": ("nghiquyet.write_report", "progress"),
    "nghiquyet:report_writer": ("nghiquyet.write_report", "progress_send"),
    "nghiquyet:report_receiver": ("nghiquyet.receive_report", "progress_take"),
    "nghiquyet:report_reopen": ("nghiquyet.reopen_report", "progress"),
    "nghiquyet:study_coverage": ("nghiquyet.see_living", "living"),
    "nghiquyet:study_plan": ("nghiquyet.assign", "living"),
    "nghiquyet:study_record": ("nghiquyet.record_study", "living"),
    "nghiquyet:taken_table": ("nghiquyet.see_living", "living"),
    "nghiquyet:taken_record": ("nghiquyet.record_study", "living"),
    "nghiquyet:template_list": ("nghiquyet.see_duties",),
    "nghiquyet:guidance_write": ("nghiquyet.write_paper",),
    "nghiquyet:template_add": ("nghiquyet.edit_templates",),
    "nghiquyet:template_end": ("nghiquyet.edit_templates", "template_item"),
    "nghiquyet:supervision_list": ("nghiquyet.see_supervisions",),
    "nghiquyet:supervision_create": ("nghiquyet.plan_supervision",),
    "nghiquyet:supervision_detail": ("nghiquyet.see_supervision", "supervision"),
    "nghiquyet:supervision_advance": ("nghiquyet.run_supervision", "supervision"),
    "nghiquyet:supervision_team": ("nghiquyet.run_supervision", "supervision"),
    "nghiquyet:supervision_paper": ("nghiquyet.run_supervision", "supervision"),
    "nghiquyet:supervision_answer": ("nghiquyet.answer_supervision", "supervision"),
    "nghiquyet:supervision_recommend": ("nghiquyet.run_supervision", "supervision"),
}
# Entries of a workshop, corrected or taken back.
ROUTES |= {
    f"hoithao:{name}_{act}": ("hoithao.edit_workshop", f"workshop_{name}")
    for name in ("remark", "disagreement", "solution", "conclusion")
    for act in ("edit", "remove")
}
