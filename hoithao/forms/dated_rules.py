"""Forms of the procedure and of the kinds of decisions, both from a day on."""

from django import forms

from hoithao.choices import Part, StepPage, Threshold
from hoithao.services.dated_rules import StepLine
from kyanh_portal.ui.forms import DateField, LineField, PortalForm

BLANK_ROWS = 3


class ProcedureForm(PortalForm):
    """All steps of a kind, a few blank rows below them."""

    valid_from = DateField(
        label="Áp dụng từ ngày", help_text="Sớm nhất là ngày mai. Buổi đã họp giữ các bước của ngày ấy."
    )
    source = LineField(label="Căn cứ", max_length=200, required=False, help_text="Số, ngày, tên văn bản.")

    def __init__(self, *args, steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].label = "Căn cứ"  # asked by the service, so that nothing typed is lost
        self.codes = [step.code for step in steps] + [""] * BLANK_ROWS
        for place, step in enumerate([*steps, *[None] * BLANK_ROWS]):
            more = {
                "order": forms.IntegerField(label="Thứ tự", min_value=1, max_value=999, required=False, initial=step and step.order),
                "name": LineField(label="Bước", max_length=200, required=False, initial=step and step.name),
                "phase": forms.ChoiceField(label="Phần", choices=Part, initial=step.phase if step else Part.CONDUCTING),
                "page": forms.ChoiceField(label="Ghi ở trang", choices=StepPage, initial=step.page if step else StepPage.MATTERS),
                "kept": LineField(label="Ghi lại gì", max_length=200, required=False, initial=step and step.kept),
            }  # fmt: skip
            if step:
                more["out"] = forms.BooleanField(label="Bỏ bước này", required=False)
            for name, field in more.items():
                if not isinstance(field, forms.BooleanField):
                    field.widget.attrs["class"] = (
                        "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
                    )
                self.fields[f"{name}_{place}"] = field

    def rows(self):
        """Rows of bound fields, for the page."""
        names = ("order", "name", "phase", "page", "kept", "out")
        for place, code in enumerate(self.codes):
            yield {
                "code": code,
                "number": place + 1,
                **{n: self[f"{n}_{place}"] for n in names if f"{n}_{place}" in self.fields},
            }

    def lines(self) -> list[StepLine]:
        """What was typed: rows that are not taken out, and blank rows that were filled in."""
        answers, out = self.cleaned_data, []
        for place, code in enumerate(self.codes):
            name = answers.get(f"name_{place}") or ""
            if answers.get(f"out_{place}") or not (code or name):
                continue
            order = answers.get(f"order_{place}") or max([line.order for line in out], default=0) + 1
            out.append(StepLine(
                order=order, name=name, phase=answers[f"phase_{place}"], page=answers[f"page_{place}"],
                kept=answers.get(f"kept_{place}") or "", code=code, place=place,
            ))  # fmt: skip
        return out


class DecisionForm(PortalForm):
    """One kind of decision from a day on."""

    name = LineField(label="Việc quyết định", max_length=120)
    threshold = forms.ChoiceField(
        label="Cần đạt",
        choices=Threshold,
        help_text="Tính trên tổng số đảng viên chính thức được triệu tập, không phải số có mặt.",
    )
    is_secret = forms.BooleanField(label="Thường bỏ phiếu kín", required=False)
    is_election = forms.BooleanField(label="Là bầu cử (có danh sách, số được bầu)", required=False)
    source = LineField(label="Căn cứ", max_length=200, help_text="Số, ngày, tên văn bản.")
    valid_from = DateField(
        label="Áp dụng từ ngày", help_text="Sớm nhất là ngày mai. Việc đã biểu quyết giữ quy định của ngày ấy."
    )
    stops = forms.BooleanField(label="Thôi dùng loại việc này từ ngày trên", required=False)

    def __init__(self, *args, is_new, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["stops" if is_new else "is_election"]
