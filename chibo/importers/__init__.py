"""Lists of this app that staff may bring in."""

from chibo.importers import members, organisations

__all__ = ["members", "organisations"]
