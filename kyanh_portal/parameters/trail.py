"""Words of the trail for parameters."""

from kyanh_portal.audit.trail import add_verbs

add_verbs({"parameter.set": "đặt tham số"})
