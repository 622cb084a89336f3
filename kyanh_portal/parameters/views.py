"""The list of parameters by group, and one of them with its history."""

import itertools

from django.http import Http404
from django.urls import reverse

from kyanh_portal.base.calendar import today
from kyanh_portal.parameters.models import ParameterValue
from kyanh_portal.parameters.parameter import parameters, values_on
from kyanh_portal.parameters.setting import set_parameter
from kyanh_portal.ui.forms import DateField, LineField, PortalForm
from kyanh_portal.ui.views import PortalCreate, PortalPage


class ParameterList(PortalPage):
    access = "parameters.see"
    template_name = "parameters/parameter_list.html"
    title = "Tham số"
    sub = "Thời hạn, ngưỡng và nếp làm của địa phương, có ngày áp dụng và căn cứ."

    def get_context_data(self, **context):
        worth = values_on(parameters.names(), today())
        rows = sorted(
            ({"parameter": p, "words": p.words(worth[p.name])} for p in parameters),
            key=lambda row: row["parameter"].group,
        )
        groups = [(group, list(of)) for group, of in itertools.groupby(rows, key=lambda row: row["parameter"].group)]
        return super().get_context_data(groups=groups, **context)


class ValueForm(PortalForm):
    valid_from = DateField(label="Áp dụng từ ngày")
    source = LineField(label="Căn cứ", max_length=300, help_text="Văn bản số, ngày; hoặc ai quyết định.")

    def __init__(self, *args, parameter, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields = {"value": parameter.field(), **self.fields}


class OneParameter:
    """A page about one parameter: what it is worth, and its history."""

    @property
    def parameter(self):
        if self.kwargs["name"] not in parameters:
            raise Http404
        return parameters.get(self.kwargs["name"])

    def get_title(self):
        return self.parameter.label

    def get_crumbs(self):
        return [("Tham số", reverse("parameters:parameter_list"))]

    def get_context_data(self, **context):
        rows = ParameterValue.objects.visible_to(self.request.user).filter(name=self.parameter.name)
        history = list(rows.select_related("set_by"))
        for row in history:
            row.words = self.parameter.words(row.value)
        return super().get_context_data(
            parameter=self.parameter, default=self.parameter.words(self.parameter.default), history=history, **context
        )


class ParameterDetail(OneParameter, PortalPage):
    access = "parameters.see"
    template_name = "parameters/parameter_detail.html"


class ParameterSet(OneParameter, PortalCreate):
    """The form that sets the next value, beside the history."""

    access = "parameters.set"
    form_class = ValueForm
    template_name = "parameters/parameter_set.html"
    verb = "Đặt giá trị"

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.parameter.label, self.get_success_url())]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "parameter": self.parameter}

    def get_initial(self):
        return {"valid_from": today(), "value": values_on([self.parameter.name], today())[self.parameter.name]}

    def act(self, value, valid_from, source):
        set_parameter(self.parameter, value, by=self.request.user, valid_from=valid_from, source=source)
        return f"Đã đặt “{self.parameter.label}” từ ngày {valid_from:%d/%m/%Y}."

    def get_success_url(self):
        return reverse("parameters:parameter_detail", args=[self.parameter.name])
