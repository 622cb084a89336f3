"""An app plugs itself into the machine room: the modules that do so are imported once, at start-up."""

from importlib import import_module
from importlib.util import find_spec

PLUGS = [
    "access",
    "menu",
    "cards",
    "search",
    "trail",
    "panels",
    "documents",
    "reports",
    "importers",
    "parameters",
    "due",
    "attachments",
    "handover",
    "demo",
]


def plug_in(app: str) -> None:
    """Import those of the app's plug-in modules that exist; importing registers what they hold."""
    for plug in PLUGS:
        if find_spec(f"{app}.{plug}") is not None:
            import_module(f"{app}.{plug}")
