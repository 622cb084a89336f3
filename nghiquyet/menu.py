"""Entry of this app in the main menu."""

from kyanh_portal.ui.menu import add_entry

add_entry(
    "resolutions",
    "Nghị quyết",
    "nghiquyet:resolution_list",
    "resolution",
    40,
    "nghiquyet.see_resolutions",
    section="/nghi-quyet/",
)
