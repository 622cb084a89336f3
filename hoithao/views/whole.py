"""One address that takes a whole meeting: from a device that was offline, sent again until it is answered."""

from django.db import IntegrityError
from django.http import JsonResponse
from django.views import View

from chibo.models import Organisation
from hoithao.forms.whole import read_whole
from hoithao.models import Meeting, Minutes
from hoithao.services.whole import kind_and_agenda, record_whole_meeting
from kyanh_portal.access.rules import require
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.parameters.editions import editions_read_once
from kyanh_portal.ui.models import Receipt
from kyanh_portal.ui.views import AccessMixin

TWICE = "hoithao_one_regular_meeting_a_month"


class MeetingWhole(AccessMixin, View):
    """Record a meeting from plan to locked minutes; the same key is answered with the first minutes.

    200 carries {"url", "number"}, also when sent before; 404 an organisation out of scope; 422 {"message", "field",
    "missing"} says what to mend, and nothing of the post was kept.
    """

    access = "hoithao.plan_meeting"

    def post(self, request):
        with editions_read_once():
            return self.receive(request)

    def receive(self, request):
        try:
            if request.content_type != "application/json":
                raise RuleBroken("Gửi cuộc họp bằng JSON.")
            answers = read_whole(request.body)
            seen = Organisation.objects.visible_to(request.user).select_related("kind", "parent__kind")
            organisation = seen.get(pk=answers["organisation"])
            require("hoithao.run_meeting", request.user, Meeting(organisation=organisation))
            answers["organisation"] = organisation
            return self.save(answers)
        except Organisation.DoesNotExist:
            return JsonResponse({"message": "Không có đơn vị này.", "field": "organisation"}, status=404)
        except RuleBroken as broken:
            missing = [sentence for sentence, _ in broken.missing]
            return JsonResponse({"message": broken.message, "field": broken.field, "missing": missing}, status=422)

    def save(self, answers):
        kind, lines = kind_and_agenda(answers["kind"])
        key = answers["client_key"]

        def remember(minutes):
            receipt = Receipt(
                user=self.request.user, key=key, path=self.request.path, answer=minutes.meeting.get_absolute_url()
            )
            Receipt.objects.bulk_create([receipt], ignore_conflicts=True)

        try:
            minutes = record_whole_meeting(
                by=self.request.user, remember=remember, **answers | {"kind": kind, "template": lines}
            )
        except IntegrityError as error:  # the same post, or the same month, at the same moment
            same = (
                Minutes.objects.visible_to(self.request.user)
                .filter(meeting__client_key=key, meeting__organisation=answers["organisation"])
                .first()
            )
            if same is not None:
                return self.answer(same)
            constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
            if constraint == TWICE:
                raise RuleBroken("Chi bộ vừa có buổi sinh hoạt thường kỳ của tháng này. Mở buổi ấy để xem.") from None
            raise
        return self.answer(minutes)

    def answer(self, minutes):
        return JsonResponse({"url": minutes.meeting.get_absolute_url(), "number": minutes.document.number_line})
