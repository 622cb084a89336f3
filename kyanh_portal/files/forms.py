"""The field with which a person sends a file."""

from django import forms

from kyanh_portal.filecheck.kinds import KINDS

_WORDS = {
    "required": "Chọn tệp rồi gửi.",
    "empty": "Tệp rỗng. Chọn lại tệp.",
    "invalid": "Chọn tệp rồi gửi.",
    "missing": "Chọn tệp rồi gửi.",
}


class UploadField(forms.FileField):
    """A file of the allowed kinds; the deep check is the service's (`kyanh_portal.files.keeping.check_upload`)."""

    def __init__(self, *, allowed=tuple(KINDS), **kwargs):
        accept = ",".join([f".{code}" for code in allowed] + ([".jpeg"] if "jpg" in allowed else []))
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": accept}))
        kwargs.setdefault("error_messages", {**_WORDS, "max_length": "Tên tệp quá dài. Đổi tên ngắn hơn rồi gửi."})
        super().__init__(**kwargs)
        self.allowed = allowed
