"""Pages of secret ballots: prepare, print the papers, enter the count, settle."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views import View

from hoithao.forms.ballots import BallotForm, CountForm
from hoithao.models import Meeting
from hoithao.rules import needed
from hoithao.services.ballots import count_ballot, outcome, prepare_ballot, remove_ballot, settle_ballot
from kyanh_portal.base.downloads import attachment
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.rendering.pdf import render
from kyanh_portal.ui.views import FoundMixin, PortalAction, PortalEdit

SLIPS_SHEET = "css/print-report.css"
# A4 upright, two papers across; each paper is cut along its border. Numbers of ours only.
SLIPS_RULES = "@page{size:A4;margin:10mm}.slips{width:100%;border-collapse:collapse}.slips>tbody>tr>td{border:0.3mm dashed #555;padding:5mm;width:50%;vertical-align:top;break-inside:avoid}.slips p{margin:1.5mm 0;font-size:13pt;line-height:1.3}.box{border:0.4mm solid #000;display:inline-block;width:6mm;height:6mm;vertical-align:middle;margin-right:1mm}.slips .line{border-bottom:0.1mm solid #999;padding:2mm 0}"  # noqa: E501


class BallotMixin(FoundMixin):
    """The ballot of a meeting one may run."""

    model = Meeting
    access = "hoithao.run_meeting"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind")

    def get_ballot(self):
        ballot = self.get_object().ballots.select_related("decision").filter(pk=self.kwargs["row"]).first()
        if ballot is None:
            raise Http404
        ballot.meeting = self.get_object()
        return ballot

    def get_crumbs(self):
        meeting = self.get_object()
        back = reverse("hoithao:run", args=[meeting.pk, "bieu-quyet"])
        return [
            ("Cuộc họp", reverse("hoithao:meeting_list")),
            (meeting.name, meeting.get_absolute_url()),
            ("Biểu quyết", back),
        ]


class BallotCreate(BallotMixin, PortalEdit):
    form_class = BallotForm
    template_name = "hoithao/runner/ballot_form.html"
    title = "Soạn phiếu kín"
    verb = "Soạn phiếu"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def act(self, meeting, **answers):
        self.made = prepare_ballot(meeting, by=self.request.user, client_key=self.sent_key, **answers)
        return "Đã soạn phiếu. In phiếu, phát, thu về rồi ghi kết quả."

    def get_success_url(self):
        return self.made.get_absolute_url()


class BallotPage(BallotMixin, PortalEdit):
    """Print the papers, enter the count, settle it."""

    form_class = CountForm
    template_name = "hoithao/runner/ballot.html"
    verb = "Ghi kết quả kiểm phiếu"

    def get_title(self):
        return self.get_ballot().subject

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "ballot": self.get_ballot()}

    def get_initial(self):
        ballot = self.get_ballot()
        numbers = {name: getattr(ballot, name) for name in ("tellers", "issued", "returned", "invalid")}
        if not ballot.is_counted:
            numbers |= {"issued": ballot.entitled_present, "returned": ballot.entitled_present, "invalid": 0}
        return numbers

    def get_context_data(self, **context):
        ballot = self.get_ballot()
        lines = list(ballot.lines.all())
        if ballot.is_counted:
            for line, result in zip(lines, outcome(ballot, lines), strict=True):
                line.result = result
        return super().get_context_data(
            ballot=ballot, lines=lines, least=needed(ballot.base, ballot.decision.threshold), **context
        )

    def act(self, meeting, **answers):
        count_ballot(self.get_ballot(), by=self.request.user, **answers)
        return "Đã ghi. Xem lại kết quả rồi chốt biên bản kiểm phiếu."

    def get_success_url(self):
        return self.get_ballot().get_absolute_url()


class BallotSettle(BallotMixin, PortalAction):
    title = "Chốt biên bản kiểm phiếu"
    consequence = "Biên bản kiểm phiếu được niêm, không sửa được nữa. Sai thì phải bỏ phiếu lại bằng phiếu mới."
    verb = "Chốt biên bản"

    def act(self, meeting):
        settle_ballot(self.get_ballot(), by=self.request.user)
        return "Đã chốt biên bản kiểm phiếu."

    def get_success_url(self):
        return self.get_ballot().get_absolute_url()


class BallotRemove(BallotMixin, View):
    def post(self, request, pk, row):
        meeting = self.get_object()
        ballot = meeting.ballots.filter(pk=row).first()
        if ballot is not None:
            remove_ballot(ballot, by=request.user)
        return HttpResponseRedirect(reverse("hoithao:run", args=[pk, "bieu-quyet"]))


class BallotSlips(BallotMixin, View):
    """The papers as PDF, as many as may vote and are here; none is numbered, so that none can be traced."""

    def get(self, request, pk, row):
        ballot = self.get_ballot()
        papers = range(max(1, ballot.entitled_present))
        html = render_to_string(
            "print/ballot_slips.html",
            {"ballot": ballot, "lines": list(ballot.lines.all()), "rows": [papers[i : i + 2] for i in papers[::2]]},
        )
        name = f"phieu-kin-{'-'.join(fold(ballot.subject).split())[:60]}.pdf"
        headers = {"Content-Disposition": attachment(name), "Cache-Control": "no-store"}
        return HttpResponse(render(html, SLIPS_SHEET, SLIPS_RULES), content_type="application/pdf", headers=headers)


urlpatterns = [
    path("<int:pk>/phieu-kin/", BallotCreate.as_view(), name="ballot_create"),
    path("<int:pk>/phieu-kin/<int:row>/", BallotPage.as_view(), name="ballot"),
    path("<int:pk>/phieu-kin/<int:row>/in/", BallotSlips.as_view(), name="ballot_slips"),
    path("<int:pk>/phieu-kin/<int:row>/chot/", BallotSettle.as_view(), name="ballot_settle"),
    path("<int:pk>/phieu-kin/<int:row>/bo/", BallotRemove.as_view(), name="ballot_remove"),
]
