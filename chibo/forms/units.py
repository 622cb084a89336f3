"""Choose organisations where many bear the same name: grouped under their superior, by ticks instead of a held key."""

from django import forms
from django.forms.models import ModelChoiceIterator

from chibo.models import Organisation

TOP = "Cấp trên cùng"


class GroupedUnits(ModelChoiceIterator):
    """The units under the names of their superiors, superiors in their order: a fixed number of queries."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        all_units = list(self.queryset.select_related("kind", "parent__kind"))
        there = {unit.pk for unit in all_units}
        groups = {}
        for unit in all_units:
            is_below = unit.parent_id in there or unit.kind.is_cell
            groups.setdefault(unit.parent if is_below else None, []).append(unit)
        for superior in sorted(groups, key=_place):
            yield (superior.name if superior else TOP, [self.choice(unit) for unit in groups[superior]])


def _place(superior) -> tuple:
    """Superiors by rank and name; units whose superior is not to be chosen stand first."""
    return (superior.kind.rank, superior.sort_key, superior.pk) if superior else (-1, "", 0)


class UnitPicks(forms.SelectMultiple):
    """Boxes to tick under each superior, folded until opened; the form sends what a list of several would."""

    template_name = "chibo/widgets/unit_picks.html"
    use_fieldset = True

    def id_for_label(self, id_, index=None):
        return ""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = [
            {"name": heading, "options": options, "chosen": sum(option["selected"] for option in options)}
            for heading, options, _ in context["widget"]["optgroups"]
        ]
        return {**context, "groups": groups, "is_one": len(groups) == 1}


class UnitField(forms.ModelChoiceField):
    """One unit; a cell is told apart by its superior."""

    iterator = GroupedUnits

    def label_from_instance(self, unit):
        return f"{unit.label}, {unit.parent.label}" if unit.kind.is_cell and unit.parent_id else unit.label


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units."""

    iterator = GroupedUnits
    widget = UnitPicks

    def __init__(self, queryset=None, **kwargs):
        kwargs.setdefault("error_messages", {"required": "Chọn ít nhất một đơn vị."})
        super().__init__(Organisation.objects.none() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, unit):
        return unit.name
