"""Units to choose from where many bear the same name."""

import pytest
from django import forms
from django.http import QueryDict

from chibo.forms.units import UnitField, UnitsField
from chibo.models import Organisation
from kyanh_portal.ui.forms import PortalForm
from tests.factories.chibo import make_organisation

pytestmark = pytest.mark.django_db


class Several(PortalForm):
    units = UnitsField(label="Đơn vị")
    note = forms.CharField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = Organisation.objects.in_order()


def test_units_stand_under_their_superior_and_are_ticked(world):
    twin_a = make_organisation("chi_bo_truc_thuoc", "Chi bộ tổ dân phố 9", world.ward_a)
    twin_b = make_organisation("chi_bo_truc_thuoc", "Chi bộ tổ dân phố 9", world.ward_b)
    groups = dict(Several().fields["units"].choices)
    assert list(groups) == ["Cấp trên cùng", "Thị ủy Mẫu", "Đảng bộ phường A", "Đảng bộ phường B"]
    assert twin_a.pk in [value.value for value, _ in groups["Đảng bộ phường A"]]
    assert twin_b.pk not in [value.value for value, _ in groups["Đảng bộ phường A"]]
    form = Several(QueryDict(f"units={twin_a.pk}&units={twin_b.pk}"))
    assert not form.is_valid() and set(form.cleaned_data["units"]) == {twin_a, twin_b}
    page = str(form["units"])
    assert page.count("checked") == 2 and page.count("<details") == 4
    assert page.count("open>") == 2, "the branches with something chosen stay open after a refusal"
    assert "<select" not in page and "Ctrl" not in page


def test_units_none_chosen_says_what_to_do(world):
    form = Several(QueryDict("note=x"))
    assert form.errors["units"] == ["Chọn ít nhất một đơn vị."]


def test_unit_of_one_name_is_told_apart_by_its_superior(world):
    twins = [
        make_organisation("chi_bo_truc_thuoc", "Chi bộ tổ dân phố 9", ward) for ward in (world.ward_a, world.ward_b)
    ]
    field = UnitField(Organisation.objects.filter(pk__in=[one.pk for one in twins]), empty_label="Chọn đơn vị")
    words = [label for heading, rows in list(field.choices)[1:] for _, label in rows]
    assert words == ["Chi bộ tổ dân phố 9, Đảng bộ phường A", "Chi bộ tổ dân phố 9, Đảng bộ phường B"]
    assert next(iter(field.choices)) == ("", "Chọn đơn vị")


def test_unit_fields_ask_as_often_for_many_units_as_for_few(world, django_assert_num_queries):
    for number in range(5):
        make_organisation("chi_bo_truc_thuoc", f"Chi bộ thêm {number}", world.ward_b)
    with django_assert_num_queries(1):
        assert sum(len(units) for _, units in UnitsField(Organisation.objects.all()).choices) > 5
