"""The table behind the address × role matrix (tests/test_access_matrix.py). One line an address.

A new address? Add ONE line to ROUTES:

    "hoithao:something": Line("hoithao.run_meeting", "meeting"),

- first the access rule its view names (PUBLIC or SIGNED_IN for the few without one);
- then the kind of object in the address, when there is one: a key of `objects_of` in tests/access_objects.py, which
  lists such objects at every place of the tree and in every state (add a kind there, once);
- `heavy=True` when answering draws a paper (asked by one role only; refusals are asked by all);
- `also={404}` when the address answers so for a reason other than rights.

A new rule? Add one line to RULES: who passes it — a set for a page, a pair (at a cell, at a committee) for an object.
An address without a line, a line without an address, and a line that names another rule than its view all fail.
"""

from dataclasses import dataclass, field

ROLES = [
    "anonymous", "secretary", "committee", "standing", "office", "organising", "inspection", "administrator", "member",
    "stranger",
]  # fmt: skip
TOWN = {"standing", "office", "organising", "inspection"}
BUSINESS = TOWN | {"secretary", "committee"}
ALL = set(ROLES) - {"anonymous"}
PUBLIC, SIGNED_IN = "public", "signed in"

# Whose role covers which place of the tree (tests/factories/chibo.py), and so who sees ordinary objects there.
COVERS = {
    "a1": BUSINESS,
    "a2": TOWN | {"committee"},
    "b1": TOWN,
    "ward": TOWN | {"committee"},
    "town": TOWN,
    "absent": set(),
}
CELLS = {"a1", "a2", "b1"}
# (kind, place) → who sees it besides: a member's own cell and record; an administrator's accounts; the own report.
SEES_TOO = {
    ("unit", "a1"): {"member"}, ("unit_act", "a1"): {"member"}, ("meeting", "a1"): {"member"}, ("step", "a1"): {"member"}, ("logged", "a1"): {"member"},
    ("contribution", "a1"): {"member"}, ("draft_minutes", "a1"): {"member"}, ("minutes_file", "a1"): {"member"},
    ("account", "town"): {"administrator"}, ("grant", "town"): {"administrator"}, ("parameter", "town"): ALL, ("report", "town"): ALL,
    ("frame", "town"): ALL, ("criterion", "town"): ALL, ("frame", "ward"): {"secretary", "member"}, ("criterion", "ward"): {"secretary", "member"},
}  # fmt: skip
# (kind, place) → exactly who sees it, where the tree does not decide.
SEES_ONLY = {
    ("run", "a1"): {"secretary"},
    ("run_file", "a1"): {"secretary"},
    ("file", "a1"): set(),
    ("own_key", "a1"): set(),
}

LOG, DRAFT = ({"secretary"}, {"committee", "office"}), ({"secretary"}, {"committee", "office", "organising"})
RULES = {
    # pages
    "portal.signed_in": ALL,
    "dashboard.see": ALL,
    "dashboard.see_figures": BUSINESS,
    "search.use": BUSINESS | {"member"},
    "reports.ask": BUSINESS,
    "documents.see": BUSINESS,
    "documents.take": BUSINESS | {"member"},
    "audit.read": {"inspection", "administrator"},
    "accounts.manage": {"administrator"},
    "parameters.see": BUSINESS | {"administrator"},
    "parameters.set": {"office", "organising"},
    "chibo.see_organisations": BUSINESS | {"member"},
    "chibo.establish_organisation": {"organising"},
    "chibo.keep_calendar": {"office", "organising"},
    "chibo.see_members": BUSINESS | {"member"},
    "chibo.add_member": {"secretary", "organising"},
    "hoithao.see_meetings": BUSINESS | {"member"},
    "hoithao.plan_meeting": {"secretary", "committee", "office"},
    "hoithao.see_programmes": BUSINESS,
    "hoithao.see_paper_orders": BUSINESS,
    "hoithao.see_frames": BUSINESS | {"member"},
    "hoithao.draft_frame": {"organising"},
    "nghiquyet.see_resolutions": BUSINESS,
    "nghiquyet.draft": {"secretary", "committee", "office", "organising"},
    # objects: at a cell, at a committee
    "chibo.edit_organisation": ({"office", "organising"}, {"office", "organising"}),
    "chibo.rearrange_organisation": ({"organising"}, {"organising"}),
    "chibo.edit_member": ({"secretary", "organising"}, {"organising"}),
    "hoithao.see_meeting": (BUSINESS | {"member"}, BUSINESS),
    "hoithao.run_meeting": LOG,
    "hoithao.review_score": ({"committee", "organising"}, {"committee", "organising"}),
    "hoithao.edit_frame": ({"organising"}, {"organising"}),
    "hoithao.edit_workshop": ({"committee", "office"}, {"committee", "office"}),
    "hoithao.send_paper": ({"secretary", "committee", "office"}, {"committee", "office"}),
    "hoithao.review_paper": ({"office", "organising"}, {"office", "organising"}),
    "hoithao.issue_workshop_paper": ({"office"}, {"office"}),
    "nghiquyet.see_resolution": (BUSINESS, BUSINESS),
    "nghiquyet.draft_after": (DRAFT[1], DRAFT[1]),
    "nghiquyet.edit": DRAFT,
    "nghiquyet.adopt": ({"secretary"}, {"committee", "office", "standing"}),
    "nghiquyet.issue": ({"secretary"}, {"office"}),
}


@dataclass(frozen=True)
class Line:
    rule: str
    about: str = ""
    heavy: bool = False
    also: set = field(default_factory=set)


ROUTES = {
    "livez": Line(PUBLIC),
    "readyz": Line(PUBLIC, also={503}),
    "account_login": Line(PUBLIC),
    "account_help": Line(PUBLIC),
    "account_inactive": Line(PUBLIC),
    "mfa_authenticate": Line(PUBLIC),
    "mfa_login_webauthn": Line(PUBLIC, also={400}),
    "account_home": Line(SIGNED_IN),
    "account_text_size": Line(SIGNED_IN),
    "account_role": Line(SIGNED_IN),
    "account_logout": Line(SIGNED_IN),
    "account_change_password": Line(SIGNED_IN),
    "account_reauthenticate": Line(SIGNED_IN),
    "usersessions_list": Line(SIGNED_IN),
    "mfa_index": Line(SIGNED_IN),
    "mfa_reauthenticate": Line(SIGNED_IN),
    "mfa_reauthenticate_webauthn": Line(SIGNED_IN),
    "mfa_activate_totp": Line(SIGNED_IN),
    "mfa_deactivate_totp": Line(SIGNED_IN, also={404}),
    "mfa_view_recovery_codes": Line(SIGNED_IN, also={404}),
    "mfa_generate_recovery_codes": Line(SIGNED_IN, also={404}),
    "mfa_download_recovery_codes": Line(SIGNED_IN, also={404}),
    "mfa_list_webauthn": Line(SIGNED_IN),
    "mfa_add_webauthn": Line(SIGNED_IN),
    "mfa_edit_webauthn": Line(SIGNED_IN, "own_key", also={302}),
    "mfa_remove_webauthn": Line(SIGNED_IN, "own_key", also={302}),
    "dashboard:home": Line("dashboard.see"),
    "dashboard:more": Line("portal.signed_in"),
    "search:search": Line("search.use"),
    "audit:list": Line("audit.read"),
    "audit:rules": Line("audit.read"),
    "documents:list": Line("documents.see"),
    "documents:detail": Line("documents.see", "paper"),
    "documents:pdf": Line("documents.take", "minutes_file", heavy=True),
    "documents:docx": Line("documents.see", "paper", heavy=True),
    "documents:verify": Line("documents.see", "paper"),
    "documents:draft_pdf": Line("portal.signed_in", "draft_minutes", heavy=True),
    "documents:draft_docx": Line("portal.signed_in", "draft_minutes", heavy=True),
    "files:download": Line("portal.signed_in", "file"),
    "parameters:parameter_list": Line("parameters.see"),
    "parameters:parameter_set": Line("parameters.set", "parameter"),
    "reminders:due_list": Line("portal.signed_in"),
    "reports:list": Line("reports.ask"),
    "reports:ask": Line("reports.ask"),
    "reports:ask_for": Line("reports.ask", "report"),
    "reports:batch": Line("documents.see"),
    "reports:run_detail": Line("reports.ask", "run"),
    "reports:again": Line("reports.ask", "run"),
    "reports:download": Line("reports.ask", "run_file", also={404}),
    "chibo:organisation_list": Line("chibo.see_organisations"),
    "chibo:organisation_create": Line("chibo.establish_organisation"),
    "chibo:organisation_detail": Line("chibo.see_organisations", "unit"),
    "chibo:organisation_edit": Line("chibo.edit_organisation", "unit"),
    "chibo:organisation_acts": Line("chibo.rearrange_organisation", "unit"),
    "chibo:organisation_act": Line("chibo.rearrange_organisation", "unit_act"),
    "chibo:delegation_create": Line("chibo.rearrange_organisation", "unit"),
    "chibo:holiday_list": Line("chibo.see_organisations"),
    "chibo:holiday_create": Line("chibo.keep_calendar"),
    "chibo:term_create": Line("chibo.edit_organisation", "unit"),
    "chibo:position_create": Line("chibo.edit_organisation", "unit"),
    "chibo:member_list": Line("chibo.see_members"),
    "chibo:member_create": Line("chibo.add_member"),
    "chibo:member_detail": Line("chibo.see_members", "member"),
    "chibo:member_edit": Line("chibo.edit_member", "member"),
    "chibo:standing_create": Line("chibo.edit_member", "member"),
    "chibo:account_list": Line("accounts.manage"),
    "chibo:account_create": Line("accounts.manage"),
    "chibo:account_detail": Line("accounts.manage", "account"),
    "chibo:grant_create": Line("accounts.manage", "account"),
    "chibo:grant_end": Line("accounts.manage", "grant"),
    "chibo:account_switch": Line("accounts.manage", "account"),
    "chibo:account_password": Line("accounts.manage", "account"),
    "hoithao:meeting_list": Line("hoithao.see_meetings"),
    "hoithao:meeting_create": Line("hoithao.plan_meeting"),
    "hoithao:meeting_detail": Line("hoithao.see_meeting", "meeting"),
    "hoithao:meeting_edit": Line("hoithao.run_meeting", "meeting"),
    "hoithao:agenda_edit": Line("hoithao.run_meeting", "meeting"),
    "hoithao:meeting_cancel": Line("hoithao.run_meeting", "meeting"),
    "hoithao:addendum_create": Line("hoithao.run_meeting", "meeting", also={404}),
    "hoithao:resume": Line("hoithao.run_meeting", "meeting"),
    "hoithao:run": Line("hoithao.run_meeting", "step"),
    "hoithao:ballot_create": Line("hoithao.run_meeting", "meeting"),
    "hoithao:ballot": Line("hoithao.run_meeting", "ballot"),
    "hoithao:ballot_slips": Line("hoithao.run_meeting", "ballot"),
    "hoithao:ballot_settle": Line("hoithao.run_meeting", "ballot"),
    "hoithao:ballot_remove": Line("hoithao.run_meeting", "ballot"),
    "hoithao:worker": Line("hoithao.see_meetings"),
    "hoithao:offline": Line("hoithao.see_meetings"),
    "hoithao:manifest": Line("hoithao.see_meetings"),
    "hoithao:came_through": Line("hoithao.run_meeting", "meeting"),
    "hoithao:meeting_save": Line("hoithao.run_meeting", "meeting"),
    "hoithao:meeting_whole": Line("hoithao.plan_meeting"),
    "hoithao:take_back": Line("hoithao.run_meeting", "logged"),
    "hoithao:contribution_edit": Line("hoithao.run_meeting", "contribution"),
    "hoithao:score_detail": Line("hoithao.see_meeting", "meeting"),
    "hoithao:score_send": Line("hoithao.run_meeting", "meeting"),
    "hoithao:score_review": Line("hoithao.review_score", "meeting"),
    "hoithao:frame_list": Line("hoithao.see_frames"),
    "hoithao:frame_create": Line("hoithao.draft_frame"),
    "hoithao:frame_detail": Line("hoithao.see_frames", "frame"),
    "hoithao:frame_edit": Line("hoithao.edit_frame", "frame"),
    "hoithao:frame_version": Line("hoithao.edit_frame", "frame"),
    "hoithao:frame_in_force": Line("hoithao.edit_frame", "frame"),
    "hoithao:frame_discard": Line("hoithao.edit_frame", "frame"),
    "hoithao:frame_preview": Line("hoithao.see_frames", "frame"),
    "hoithao:criterion_create": Line("hoithao.edit_frame", "frame"),
    "hoithao:criterion_edit": Line("hoithao.edit_frame", "criterion"),
    "hoithao:criterion_remove": Line("hoithao.edit_frame", "criterion"),
    "hoithao:month": Line("dashboard.see_figures"),
    "hoithao:heat": Line("dashboard.see_figures"),
    "hoithao:unit_heat": Line("dashboard.see_figures", "figures_unit"),
    "hoithao:cell_month": Line("dashboard.see_figures", "cell_month"),
    "hoithao:programme_list": Line("hoithao.see_programmes"),
    "hoithao:programme_detail": Line("hoithao.see_programmes", "programme"),
    "hoithao:workshop_detail": Line("hoithao.see_programmes", "workshop"),
    "hoithao:paper_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:remark_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:disagreement_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:conclusion_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:my_paper_orders": Line("hoithao.see_paper_orders"),
    "hoithao:paper_order": Line("hoithao.see_paper_orders", "paper_order"),
    "hoithao:version_send": Line("hoithao.send_paper", "paper_order"),
    "hoithao:order_comment": Line("hoithao.review_paper", "paper_order"),
    "hoithao:order_accept": Line("hoithao.review_paper", "paper_order"),
    "hoithao:order_withdraw": Line("hoithao.review_paper", "paper_order"),
    "hoithao:paper_orders": Line("hoithao.see_programmes", "workshop"),
    "hoithao:order_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:paper_move": Line("hoithao.edit_workshop", "contributed_paper"),
    "hoithao:workshop_prepare": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:workshop_programme": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:state_write": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:solution_create": Line("hoithao.edit_workshop", "workshop"),
    "hoithao:workshop_paper_issue": Line("hoithao.issue_workshop_paper", "workshop_paper"),
    "hoithao:proceedings": Line("hoithao.see_programmes", "workshop"),
    "hoithao:workshop_news": Line("hoithao.see_programmes", "workshop"),
    "hoithao:workshop_news_pdf": Line("hoithao.see_programmes", "workshop", heavy=True),
    "hoithao:paper_detail": Line("hoithao.see_programmes", "contributed_paper"),
    "nghiquyet:resolution_list": Line("nghiquyet.see_resolutions"),
    "nghiquyet:resolution_create": Line("nghiquyet.draft"),
    "nghiquyet:workshop_draft": Line("nghiquyet.draft_after", "workshop"),
    "nghiquyet:resolution_detail": Line("nghiquyet.see_resolution", "resolution"),
    "nghiquyet:resolution_edit": Line("nghiquyet.edit", "resolution"),
    "nghiquyet:resolution_text": Line("nghiquyet.edit", "resolution"),
    "nghiquyet:clause_save": Line("nghiquyet.edit", "resolution"),
    "nghiquyet:clause_create": Line("nghiquyet.edit", "resolution"),
    "nghiquyet:resolution_new_draft": Line("nghiquyet.edit", "resolution"),
    "nghiquyet:resolution_adopt": Line("nghiquyet.adopt", "resolution"),
    "nghiquyet:resolution_return": Line("nghiquyet.adopt", "resolution"),
    "nghiquyet:resolution_issue": Line("nghiquyet.issue", "resolution"),
    "nghiquyet:clause_edit": Line("nghiquyet.edit", "clause"),
    "nghiquyet:clause_move": Line("nghiquyet.edit", "clause"),
    "nghiquyet:clause_remove": Line("nghiquyet.edit", "clause"),
}
