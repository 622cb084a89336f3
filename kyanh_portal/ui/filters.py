"""A GET form that turns answers into a narrower queryset."""

from kyanh_portal.ui.forms import PortalForm


class FilterForm(PortalForm):
    """Fields are optional; `narrow(rows)` applies those that were answered and understood."""

    def __init__(self, data=None, *, user, **kwargs):
        self.user = user
        super().__init__(data, **kwargs)
        for field in self.fields.values():
            field.required = False
            field.label = str(field.label).replace(" (không bắt buộc)", "")

    @property
    def is_set(self) -> bool:
        """True once something was asked; a page number alone asks nothing."""
        return self.is_bound and any(self.data.get(name, "").strip() for name in self.fields)

    def narrow(self, rows):
        if not self.is_bound:
            return self.apply(rows)
        self.is_valid()
        answers = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return self.apply(rows, **answers)

    def apply(self, rows, **answers):
        """Override: `rows` narrowed by the answers given."""
        return rows
