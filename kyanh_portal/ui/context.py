"""What every page knows: the menu and the name of the house."""

from django.conf import settings

from kyanh_portal.ui.menu import menu_for


def portal(request):
    return {
        "portal": {
            "name": settings.PORTAL_NAME,
            "is_demo": settings.PORTAL_IS_DEMO,
            "story_day": settings.PORTAL_TODAY,
        },
        "menu": menu_for(request),
    }
