"""Lines of the address × role matrix for đảng phí, development, review and rating (see tests/access_lines.py)."""

TOWN = {"standing", "office", "organising", "inspection"}
BUSINESS = TOWN | {"secretary", "committee"}
ABOVE = {"committee", "organising"}

RULES = {
    "chibo.see_fee_totals": BUSINESS,
    "chibo.set_fee_rates": {"office", "organising"},
    "chibo.keep_fees": ({"secretary"}, set()),
    "chibo.declare_fees": ({"secretary"}, set()),
    "chibo.check_fees": ({"committee", "office"}, {"committee", "office"}),
    "chibo.see_candidates": BUSINESS,
    "chibo.add_candidate": {"secretary", "organising"},
    "chibo.move_candidate": ({"secretary"} | ABOVE, ABOVE),
    "chibo.start_campaign": ABOVE,
    "chibo.see_reviews": BUSINESS,
    "chibo.fill_review": ({"secretary"}, {"committee"}),
    "chibo.note_finding": ({"secretary"} | ABOVE, ABOVE),
    "chibo.judge_review": (ABOVE, {"organising"}),
}
ROUTES = {
    "chibo:fee_months": ("chibo.see_fee_totals",),
    "chibo:fee_open": ("chibo.see_fee_totals",),
    "chibo:fee_rates": ("chibo.see_fee_totals",),
    "chibo:fee_rate_create": ("chibo.set_fee_rates",),
    "chibo:fee_month": ("chibo.see_fee_totals", "fee_month"),
    "chibo:fee_tick": ("chibo.keep_fees", "fee_month"),
    "chibo:fee_close": ("chibo.keep_fees", "fee_month"),
    "chibo:fee_pass_up": ("chibo.keep_fees", "fee_month"),
    "chibo:fee_check": ("chibo.check_fees", "fee_month"),
    "chibo:fee_declare": ("chibo.declare_fees", "member"),
    "chibo:candidate_list": ("chibo.see_candidates",),
    "chibo:candidate_create": ("chibo.add_candidate",),
    "chibo:development": ("chibo.see_candidates",),
    "chibo:development_target": ("chibo.start_campaign",),
    "chibo:candidate_detail": ("chibo.see_candidates", "candidate"),
    "chibo:candidate_move": ("chibo.move_candidate", "candidate_stage"),
    "chibo:candidate_helper": ("chibo.move_candidate", "candidate"),
    "chibo:candidate_dossier": ("chibo.move_candidate", "candidate"),
    "chibo:campaign_list": ("chibo.see_reviews",),
    "chibo:campaign_create": ("chibo.start_campaign",),
    "chibo:data_debts": ("chibo.see_reviews",),
    "chibo:campaign_detail": ("chibo.see_reviews", "campaign"),
    "chibo:review_form": ("chibo.see_reviews", "review_form"),
    "chibo:form_send": ("chibo.fill_review", "review_form"),
    "chibo:form_check": ("chibo.judge_review", "review_form"),
    "chibo:form_return": ("chibo.judge_review", "review_form"),
    "chibo:finding_create": ("chibo.note_finding", "review_form"),
    "chibo:finding_done": ("chibo.note_finding", "finding"),
    "chibo:register_table": ("chibo.see_reviews",),
    "chibo:register_table_list": ("chibo.see_reviews",),
    "chibo:year_list": ("chibo.see_reviews",),
    "chibo:year_create": ("chibo.see_reviews",),
    "chibo:review_year": ("chibo.see_reviews", "review_year"),
    "chibo:year_vote": ("chibo.fill_review", "review_year"),
    "chibo:year_appraise": ("chibo.judge_review", "review_year"),
    "chibo:year_decide": ("chibo.judge_review", "review_year"),
    "chibo:year_lock": ("chibo.judge_review", "review_year"),
    "chibo:year_reopen": ("chibo.judge_review", "review_year"),
}
# The cells a campaign asks see it, and their own form in it.
SEES_TOO = {("campaign", "town"): {"secretary", "committee"}}
