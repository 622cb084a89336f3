"""Việc sắp đến hạn in trên một tờ: of the one who asks, for the weeks ahead."""

import datetime as dt

from django import forms
from django.utils import timezone

from chibo.models import Organisation
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today, vn_date, vn_time
from kyanh_portal.reminders.due import SOON_DAYS, due_for
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.reports.report import PDF, Report, add_report
from kyanh_portal.ui.forms import PortalForm


class DigestForm(PortalForm):
    weeks = forms.IntegerField(label="Số tuần tới", min_value=1, max_value=26, initial=1)
    formats = forms.MultipleChoiceField(label="Dạng tệp", choices=[("pdf", "PDF")], initial=["pdf"], widget=forms.CheckboxSelectMultiple)  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)


class DueDigest(Report):
    code = "viec-den-han"
    title = "Việc sắp đến hạn"
    about = "Việc có hạn của đồng chí trong các tuần tới, in trên một tờ."
    order = 48
    form_class = DigestForm
    formats = [("pdf", "PDF")]

    def parameters(self, answers):
        return {"weeks": answers["weeks"], "day": today().isoformat()}

    def run_title(self, parameters):
        return f"{self.title}, tuần từ {vn_date(dt.date.fromisoformat(parameters['day']))}"

    def steps(self, user, parameters, work, set_aside):
        day = dt.date.fromisoformat(parameters["day"])
        until = day + dt.timedelta(weeks=parameters["weeks"])
        due = [item for _, item in due_for(user, day) if item.due_on <= until]
        groups = (("late", "Quá hạn"), ("soon", f"Trong {SOON_DAYS} ngày tới"), ("doing", "Sau đó"))
        sorted_out = [
            (label, [(item, item.words(day)) for item in due if item.state(day) == state]) for state, label in groups
        ]
        work["groups"] = [(label, rows) for label, rows in sorted_out if rows]
        work["number"], work["late"] = len(due), sum(1 for item in due if item.state(day) == "late")
        work["day"], work["until"] = day, until
        yield

    def files(self, user, parameters, work, formats):
        now = timezone.now()
        scope = scope_of(user)
        home = Organisation.objects.filter(pk=scope.home_id or 0).values_list("name", flat=True).first()
        context = {
            "title": "VIỆC SẮP ĐẾN HẠN", "groups": work["groups"], "is_synthetic": work["number"] > 0 and _synthetic(),
            "sub": f"{scope.role_label}{f', {home}' if home else ''}. Từ {vn_date(work['day'])} đến {vn_date(work['until'])}: {work['number']} việc, {work['late']} việc quá hạn.",
            "made": f"{user} lập lúc {vn_time(now)}, ngày {vn_date(timezone.localdate(now))}.",
        }  # fmt: skip
        return [(f"viec-den-han-{work['day']}.pdf", PDF, report_pdf("print/due_digest.html", context))]


def _synthetic() -> bool:
    from django.conf import settings

    return bool(getattr(settings, "PORTAL_IS_DEMO", False))


add_report(DueDigest())
