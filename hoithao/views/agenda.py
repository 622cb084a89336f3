"""The lines of an agenda on one page, moved and taken out by plain buttons."""

from django.urls import reverse

from chibo.models import Member
from hoithao.models import Meeting
from hoithao.services.agenda import add_line, move_line, remove_line, set_lines
from hoithao.views.meetings import LIST
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import PortalEdit


class AgendaEdit(PortalEdit):
    """Whatever button is pressed, the titles typed so far are kept first."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = PortalForm
    template_name = "hoithao/agenda_form.html"
    title = "Chương trình cuộc họp"
    verb = "Xong chương trình"

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def people(self):
        return Member.objects.filter(attendances__meeting=self.object).in_order()

    def get_context_data(self, **context):
        items = list(self.object.agenda.select_related("presenter"))
        for item in items:
            item.typed = self.request.POST.get(f"title_{item.pk}", item.title)
            chosen = self.request.POST.get(f"presenter_{item.pk}")
            item.chosen = str(item.presenter_id or "") if chosen is None else chosen
        people = [(str(member.pk), member) for member in self.people()]
        return super().get_context_data(items=items, people=people, new=self.request.POST.get("new", ""), **context)

    def call(self, form):
        meeting, post, by = self.object, self.request.POST, self.request.user
        people = {str(member.pk): member for member in self.people()}
        lines = {
            item.pk: (post[f"title_{item.pk}"], people.get(post.get(f"presenter_{item.pk}", "")))
            for item in meeting.agenda.all()
            if f"title_{item.pk}" in post
        }
        set_lines(meeting, lines, by=by)
        if post.get("new", "").strip():
            add_line(meeting, post["new"], by=by)
        what, _, number = post.get("do", "").partition("-")
        number = int(number) if number.isdecimal() and len(number) < 19 else 0
        if what in ("up", "down"):
            move_line(meeting, number, -1 if what == "up" else 1, by=by)
        elif what == "remove":
            remove_line(meeting, number, by=by)

    def get_success_url(self):
        if self.request.POST.get("do"):
            return reverse("hoithao:agenda_edit", args=[self.object.pk])
        return self.object.get_absolute_url()
