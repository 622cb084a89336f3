"""Lines of the register for the address × role matrix (see tests/access_lines.py)."""

ROUTES = {
    "chibo:organisation_acts": ("chibo.rearrange_organisation", "unit"),
    "chibo:organisation_act": ("chibo.rearrange_organisation", "unit_act"),
    "chibo:delegation_create": ("chibo.rearrange_organisation", "unit"),
    "chibo:holiday_list": ("chibo.see_organisations",),
    "chibo:holiday_create": ("chibo.keep_calendar",),
    "chibo:member_recognise": ("chibo.edit_member", "member"),
    "chibo:member_leave": ("chibo.edit_member", "member"),
    "chibo:discipline_create": ("chibo.edit_member", "member"),
    "chibo:badge_create": ("chibo.edit_member", "member"),
    "chibo:transfer_create": ("chibo.edit_member", "member"),
    "chibo:member_readmit": ("chibo.edit_member", "member", False, {404}),
    "chibo:transfer_list": ("chibo.see_transfers",),
    "chibo:transfer_detail": ("chibo.see_transfers", "transfer"),
    "chibo:box_sign": ("chibo.sign_transfer", "transfer_box"),
    "chibo:transfer_fee": ("chibo.sign_transfer", "transfer"),
    "chibo:transfer_refuse": ("chibo.sign_transfer", "transfer"),
}
