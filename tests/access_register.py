"""Lines of the register for the address × role matrix (see tests/access_lines.py)."""

import datetime as dt

ROUTES = {
    "chibo:organisation_acts": ("chibo.rearrange_organisation", "unit"),
    "chibo:organisation_act": ("chibo.rearrange_organisation", "unit_act"),
    "chibo:organisation_handover": ("chibo.rearrange_organisation", "unit_line"),
    "chibo:delegation_create": ("chibo.rearrange_organisation", "unit"),
    "chibo:holiday_list": ("chibo.see_organisations",),
    "chibo:holiday_create": ("chibo.keep_calendar",),
    "chibo:member_profile": ("chibo.edit_member", "member"),
    "chibo:reward_list": ("chibo.see_rewards",),
    "chibo:reward_create": ("chibo.edit_member", "member"),
    "chibo:old_card": ("chibo.edit_member", "member"),
    "chibo:old_card_show": ("chibo.see_number", "member"),
    "chibo:dossier_list": ("chibo.see_dossiers",),
    "chibo:dossier": ("chibo.see_dossier", "member"),
    "chibo:dossier_check": ("chibo.check_dossier", "member"),
    "chibo:member_recognise": ("chibo.edit_member", "member"),
    "chibo:recognition_vote_create": ("chibo.vote_on_probation", "member"),
    "chibo:member_leave": ("chibo.edit_member", "member"),
    "chibo:discipline_create": ("chibo.edit_member", "member"),
    "chibo:complaint_create": ("chibo.edit_member", "discipline"),
    "chibo:exit_complaint_create": ("chibo.edit_member", "exit"),
    "chibo:complaint_answer": ("chibo.edit_member", "complaint"),
    "chibo:card_step_create": ("chibo.edit_member", "member"),
    "chibo:age_decision_create": ("chibo.edit_member", "member"),
    "chibo:badge_create": ("chibo.edit_member", "member"),
    "chibo:transfer_create": ("chibo.edit_member", "member"),
    "chibo:member_readmit": ("chibo.edit_member", "member", False, {404}),
    "chibo:transfer_list": ("chibo.see_transfers",),
    "chibo:transfer_detail": ("chibo.see_transfers", "transfer"),
    "chibo:box_sign": ("chibo.sign_transfer", "transfer_box"),
    "chibo:transfer_fee": ("chibo.sign_transfer", "transfer"),
    "chibo:abroad_slip": ("chibo.sign_transfer", "transfer"),
    "chibo:abroad_return": ("chibo.sign_transfer", "transfer"),
    "chibo:abroad_report": ("chibo.sign_transfer", "transfer"),
    "chibo:transfer_refuse": ("chibo.sign_transfer", "transfer"),
    "exchange:list": ("exchange.use",),
    "exchange:send": ("exchange.use", "importer"),
    "exchange:template": ("exchange.use", "importer"),
    "exchange:run_detail": ("exchange.use", "import_run"),
    "exchange:confirm": ("exchange.use", "import_run"),
    "exchange:drop": ("exchange.use", "import_run"),
    "chibo:member_export": ("chibo.export_list",),
    "chibo:organisation_export": ("chibo.export_list",),
    "chibo:member_by_number": ("chibo.find_by_number",),
    "chibo:member_number": ("chibo.see_number", "member"),
    "chibo:member_number_show": ("chibo.see_number", "member"),
    "chibo:data_request_for": ("chibo.edit_member", "member"),
    "chibo:own_data": ("chibo.own_data",),
    "chibo:own_request": ("chibo.own_data",),
    "chibo:data_request_list": ("chibo.answer_requests",),
    "chibo:data_request_detail": ("chibo.answer_requests", "data_request"),
    "chibo:data_request_answer": ("chibo.answer_request", "data_request"),
    "chibo:incident_list": ("chibo.handle_incidents",),
    "chibo:incident_create": ("chibo.own_data",),
    "chibo:incident_detail": ("chibo.own_data", "incident"),
    "chibo:incident_handle": ("chibo.handle_incident", "incident"),
    "chibo:incident_ids": ("chibo.handle_incident", "incident"),
    "chibo:processing_register": ("chibo.handle_incidents",),
}
SEES_TOO = {("incident", "a1"): {"administrator"}, ("incident", "b1"): {"administrator"}}
SEES_ONLY = {
    ("import_run", "a1"): {"secretary"},
    ("importer", "town"): {"secretary", "organising"},
    ("data_request", "a1"): {"secretary", "organising"},
    ("data_request", "b1"): {"organising"},
    ("incident", "a1"): {"standing", "office", "organising", "inspection", "administrator"},
    ("incident", "b1"): {"standing", "office", "organising", "inspection", "administrator"},
}
RULES = {
    "chibo.see_rewards": {"secretary", "committee", "standing", "office", "organising", "inspection"},
    "chibo.see_dossiers": {"secretary", "committee", "standing", "organising", "inspection"},
    "chibo.see_dossier": (
        {"secretary", "committee", "standing", "organising", "inspection"},
        {"committee", "standing", "organising", "inspection"},
    ),
    "chibo.check_dossier": ({"committee", "organising"}, {"committee", "organising"}),
    "exchange.use": {"secretary", "organising"},
    "chibo.export_list": {"office", "organising"},
    "chibo.see_number": ({"secretary", "organising"}, {"organising"}),
    "chibo.find_by_number": {"secretary", "organising"},
    "chibo.own_data": {
        "secretary", "committee", "standing", "office", "organising", "inspection", "administrator", "member", "stranger",
    },
    "chibo.answer_requests": {"secretary", "organising"},
    "chibo.answer_request": ({"secretary", "organising"}, {"organising"}),
    "chibo.handle_incidents": {"standing", "office", "organising", "inspection", "administrator"},
    "chibo.handle_incident": (
        {"office", "organising", "administrator"},
        {"office", "organising", "administrator"},
    ),
}  # fmt: skip


def access_things(w):
    """A list sent by the secretary, requests and incidents at two places."""
    from django.utils import timezone

    from chibo.models import Exit
    from chibo.services.complaints import note_complaint
    from chibo.services.lifecycle import note_discipline
    from chibo.services.privacy import ask_about_data, report_incident
    from kyanh_portal.exchange.models import ImportRun

    run = ImportRun.objects.create(importer="dang-vien", title="Danh sách", sha256="0", requester=w.users["secretary"])
    places = (("a1", w.cell_a1, w.members_a1[3]), ("b1", w.cell_b1, w.members_b1[3]))
    asked = [(place, "open", (ask_about_data(one, "xem", by=None).pk,)) for place, _, one in places]
    disciplines = [(place, one, note_discipline(one, "CANH_CAO", dt.date(2020, 5, 4), "QĐ 7", by=None)) for place, _, one in places]  # fmt: skip
    complaints = [(place, "open", (one.pk, note_complaint(row, "CAP_TREN", dt.date(2020, 6, 1), by=None).pk)) for place, one, row in disciplines]  # fmt: skip
    exits = [(place, "told", (one.pk, Exit.objects.create(member=one, reason="XIN_RA", left_on=dt.date(2020, 5, 4), readmitted_on=dt.date(2020, 6, 1), decision="QĐ 8").pk)) for place, _, one in places]  # fmt: skip
    by = w.users["inspection"]
    told = [(place, "open", (report_incident(cell, "Mất máy", timezone.now(), by=by).pk,)) for place, cell, _ in places]
    return {
        "importer": [("town", "", ("dang-vien",))], "import_run": [("a1", "queued", (run.pk,))], "data_request": asked,
        "incident": told, "complaint": complaints, "exit": exits, "discipline": [(place, "told", (one.pk, row.pk)) for place, one, row in disciplines],
    }  # fmt: skip
