"""Addresses of the running meeting: its steps, going on, taking back, and the saving of single texts."""

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import View

from hoithao.forms.meetings import ContributionForm
from hoithao.models import AgendaItem, Contribution, Meeting, Task, Vote
from hoithao.services.contributions import correct_contribution, remove_contribution
from hoithao.services.meetings import SAVED_FIELDS, save_text
from hoithao.services.tasks import remove_task
from hoithao.services.votes import remove_vote
from hoithao.views.meetings import LIST
from hoithao.views.stepping import current_step
from hoithao.views.steps import PAGES
from kyanh_portal.base.calendar import vn_time
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.retrying import whole
from kyanh_portal.base.vietnamese import clean_text
from kyanh_portal.ui.views import FoundMixin, PortalEdit


class Run(FoundMixin, View):
    """The address of every step; the steps themselves are the views above, each with the same rule."""

    model = Meeting
    access = "hoithao.run_meeting"
    keeps_texts = True

    def dispatch(self, request, pk, step):
        if step not in PAGES:
            raise Http404
        return PAGES[step](request, pk=pk)


class Resume(FoundMixin, View):
    """Go on where the meeting stands."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get(self, request, pk):
        meeting = self.get_object()
        if meeting.is_closed:
            return HttpResponseRedirect(meeting.get_absolute_url())
        return HttpResponseRedirect(reverse("hoithao:run", args=[pk, current_step(meeting)]))


class TakeBack(FoundMixin, View):
    """Take back a contribution or a vote logged by mistake."""

    model = Meeting
    access = "hoithao.run_meeting"

    def post(self, request, pk, what, row):
        meeting = self.get_object()
        model, remove, step = {
            "y-kien": (Contribution, remove_contribution, "thao-luan"),
            "bieu-quyet": (Vote, remove_vote, "bieu-quyet"),
            "viec": (Task, remove_task, "giao-viec"),
        }.get(what) or (None, None, None)
        if model is None:
            raise Http404
        found = model.objects.filter(pk=row, meeting=meeting).first()
        if found is not None:  # taken back already: the same answer
            remove(found, by=request.user)
        return HttpResponseRedirect(reverse("hoithao:run", args=[pk, step]))


class ContributionEdit(PortalEdit):
    """Correct a contribution while the minutes are not locked."""

    model = Meeting
    access = "hoithao.run_meeting"
    form_class = ContributionForm
    template_name = "hoithao/contribution_form.html"
    title = "Sửa ý kiến đã ghi"
    verb = "Ghi lại ý kiến"

    def get_contribution(self):
        return get_object_or_404(
            Contribution.objects.select_related("member"), pk=self.kwargs["row"], meeting=self.object
        )

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        said = self.get_contribution()
        return {"member": said.member, "guest": said.guest, "sort": said.sort, "text": said.text}

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url()), ("Thảo luận", self.get_success_url())]

    def get_context_data(self, **context):
        stored = self.get_contribution().text
        seen = self.request.POST.get("seen_text", stored)
        theirs = stored if clean_text(seen) != stored else None
        return super().get_context_data(seen=stored, theirs=theirs, **context)

    def act(self, meeting, **answers):
        seen = self.request.POST.get("seen_text", "")
        correct_contribution(self.get_contribution(), by=self.request.user, seen=seen, **answers)

    def get_success_url(self):
        return reverse("hoithao:run", args=[self.object.pk, "thao-luan"])


class MeetingSave(FoundMixin, View):
    """Keeps one text as it is left: {"saved_at", "seen"}, or 409 with the other text."""

    model = Meeting
    access = "hoithao.run_meeting"
    ROWS = {"presented": AgendaItem, "summed_up": AgendaItem}

    def post(self, request, pk):
        meeting = self.get_object()
        field = request.POST.get("field", "")
        row = meeting
        name, _, number = field.rpartition("_")
        if name in self.ROWS and number.isdecimal() and len(number) < 19:
            row, field = get_object_or_404(self.ROWS[name], pk=int(number), meeting=meeting), name
        elif field not in SAVED_FIELDS:
            return JsonResponse({"message": "Ô này không tự ghi. Bấm nút của bước."}, status=422)
        try:
            sent = request.POST.get("value", ""), request.POST.get("seen", "")
            stored = whole(lambda: save_text(row, field, sent[0], seen=sent[1], by=request.user))
        except Conflict as broken:
            return JsonResponse({"theirs": broken.theirs, "message": broken.message}, status=409)
        except RuleBroken as broken:
            return JsonResponse({"message": broken.message}, status=422)
        return JsonResponse({"saved_at": vn_time(timezone.now()), "seen": stored})
