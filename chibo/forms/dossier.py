"""The checklist of the paper file: one line a kind of paper."""

from django import forms

from chibo.dossier_choices import PaperState
from chibo.dossier_rules import kinds_on
from chibo.services.dossier import lacking
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm

UNSEEN = ("", "Chưa kiểm")


class DossierForm(PortalForm):
    """`file`: how it was found so far; what was found once cannot become unseen again."""

    on = DateField(label="Ngày kiểm hồ sơ", initial=today)
    whole = forms.BooleanField(label="Đã xem lại cả những giấy tờ không đổi (đối chiếu sáu tháng)", required=False)

    def __init__(self, *args, file, **kwargs):
        super().__init__(*args, **kwargs)
        self.file = file
        for line in file.lines:
            choices = [*([] if line.state else [UNSEEN]), *PaperState.choices]
            self.fields[f"paper_{line.kind.number}"] = forms.ChoiceField(label=line.kind.name, choices=choices, required=False, initial=line.state, help_text=line.why)  # fmt: skip

    def groups(self):
        """(heading, [(number, field)], folded) as the page shows them: what the file should hold, then the rest by thirds."""
        rows = [(line, self[f"paper_{line.kind.number}"]) for line in self.file.lines]
        first = [(line.kind.number, field) for line, field in rows if line.why]
        found = [("Hồ sơ của đồng chí này cần có", first, False)]
        for at in sorted({line.kind.priority for line in self.file.lines}):
            rest = [(line.kind.number, field) for line, field in rows if not line.why and line.kind.priority == at]
            is_used = any(field.value() or field.errors for _, field in rest)
            found.append((f"Giấy tờ khác, số hóa ưu tiên {at}", rest, not is_used))
        return found

    def clean(self):
        answers = super().clean()
        states = {int(name.removeprefix("paper_")): value for name, value in answers.items() if name.startswith("paper_")}  # fmt: skip
        return {"on": answers.get("on"), "whole": answers.get("whole", False), "states": states}


class DossierFilter(FilterForm):
    name = LineField(label="Họ tên")
    cell = LineField(label="Chi bộ")
    only = forms.ChoiceField(label="Chỉ xem", choices=[("", "Mọi đồng chí"), ("missing", "Còn thiếu giấy tờ"), ("unseen", "Chưa kiểm lần nào")])  # fmt: skip
    paper = forms.TypedChoiceField(label="Thiếu giấy tờ", coerce=int, empty_value=None)
    ngay = DateField(label="Xem tại ngày")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = [("", "Bất kỳ"), *((one.number, f"{one.number}. {one.name}") for one in kinds_on(today()).values())]  # fmt: skip
        self.fields["paper"].required = False

    def apply(self, rows, **answers):
        day = answers.get("ngay", today())
        if "name" in answers:
            rows = rows.filter(search_key__contains=fold(answers["name"]))
        if "cell" in answers:
            rows = rows.filter(organisation__search_key__contains=fold(answers["cell"]))
        if answers.get("paper"):
            return lacking(rows, day, answers["paper"])
        if answers.get("only") == "missing":
            return lacking(rows, day)
        if answers.get("only") == "unseen":
            return rows.exclude(dossier_papers__on__lte=day)
        return rows
