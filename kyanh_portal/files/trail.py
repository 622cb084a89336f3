"""Words of the trail for files."""

from kyanh_portal.audit.trail import add_verbs

add_verbs({"file.kept": "nhận tệp đính kèm", "file.downloaded": "tải tệp đính kèm"})
