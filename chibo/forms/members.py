"""Enter and correct members, and their standing."""

from django import forms

from chibo.choices import SPECIAL_STANDINGS, Role, Sex
from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class MemberFilter(FilterForm):
    name = LineField(label="Họ tên")
    cell = LineField(label="Chi bộ")
    standing = forms.ChoiceField(
        label="Tư cách",
        choices=[
            ("", "Mọi tư cách"),
            ("official", "Chính thức"),
            ("probationary", "Dự bị"),
            ("special", "Miễn, tạm thời"),
        ],
    )

    def apply(self, rows, **answers):
        for word in fold(answers.get("name", "")).split():
            rows = rows.filter(search_key__contains=word)
        if "cell" in answers:
            rows = rows.filter(organisation__search_key__contains=fold(answers["cell"]))
        kind = answers.get("standing")
        if kind == "official":
            rows = rows.filter(official_on__lte=today())
        elif kind == "probationary":
            rows = rows.exclude(official_on__lte=today())
        elif kind == "special":
            rows = (
                rows.filter(standing_periods__starts_on__lte=today())
                .exclude(standing_periods__ends_on__lt=today())
                .distinct()
            )
        return rows


class MemberForm(PortalForm):
    full_name = LineField(label="Họ và tên", max_length=120)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex)
    born_on = DateField(label="Ngày sinh", required=False)
    admitted_on = DateField(label="Ngày kết nạp")
    official_on = DateField(label="Ngày chính thức", required=False, help_text="Để trống khi còn dự bị.")
    joined_on = DateField(label="Về chi bộ từ")
    left_on = DateField(label="Rời chi bộ từ", required=False)


class NewMemberForm(MemberForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    field_order = ["organisation"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.visible_to(user).filter(own).cells()
        self.fields["organisation"].queryset = cells.valid_on(today()).in_order()


class StandingForm(PortalForm):
    standing = forms.ChoiceField(label="Tư cách", choices=[(s.value, s.label) for s in SPECIAL_STANDINGS])
    starts_on = DateField(label="Từ ngày", initial=today)
    ends_on = DateField(label="Đến ngày", required=False)
    decision = LineField(label="Theo quyết định, nghị quyết", max_length=200, required=False)
