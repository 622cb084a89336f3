"""List, read, draft, adopt and issue resolutions."""

from django.db.models.functions import Coalesce, TruncDate

from hoithao.choices import KindCode
from hoithao.models import Meeting
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.documents.numbering import next_number
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList
from nghiquyet.choices import WRITING, Frame, Level, Signing, Status
from nghiquyet.documents.resolution import numbered
from nghiquyet.figures.living import from_above
from nghiquyet.forms.resolutions import (
    AdoptForm,
    CreateForm,
    IssueForm,
    ResolutionFilter,
    ResolutionForm,
    ReturnForm,
    WorkshopDraftForm,
)
from nghiquyet.models import Resolution
from nghiquyet.services.drafting import (
    draft_from_meeting,
    draft_from_workshop,
    draft_resolution,
    edit_resolution,
    empty_parts,
    new_draft,
    signer_of,
)
from nghiquyet.services.issuing import adopt_resolution, issue_resolution, return_to_draft, vote_base
from nghiquyet.services.wording import edits_since_vote
from nghiquyet.views.way import way_of

LIST = ("Nghị quyết", "/nghi-quyet/")
FRAMES = {"trich-yeu": Frame.TITLE, "can-cu": Frame.BASES, "mo-dau": Frame.PREAMBLE, "noi-nhan": Frame.RECIPIENTS}
VOTED = (Status.ADOPTED, Status.SIGNING, Status.ISSUED)


class ResolutionList(PortalList):
    """Every resolution in sight, the newest by its own day on top, whenever it was entered."""

    model = Resolution
    access = "nghiquyet.see_resolutions"
    filter_class = ResolutionFilter
    template_name = "nghiquyet/resolution_list.html"
    title = "Nghị quyết"

    def get_rows(self):
        shown = Coalesce("dated", "adopted_on", TruncDate("created_at"))  # the day that stands in the margin
        rows = super().get_rows().select_related("organisation", "document").defer("document__content")
        return rows.order_by(shown.desc(), "-pk")

    def get_context_data(self, **context):
        return super().get_context_data(above=from_above(self.request.user), **context)


class OfResolution:
    """Pages about one resolution: found with its body, and the way back."""

    model = Resolution

    def get_queryset(self):
        return (
            super().get_queryset().select_related("organisation__kind", "meeting__kind", "workshop__kind", "document")
        )

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]


class ResolutionDetail(OfResolution, PortalDetail):
    """The text, and beside it the point of the conclusion each part follows from."""

    access = "nghiquyet.see_resolution"
    template_name = "nghiquyet/resolution_detail.html"

    def get_title(self):
        paper = self.object.document
        return (
            f"Nghị quyết số {paper.number_line[3:]}, ngày {vn_date(paper.dated)}"
            if paper
            else f"Nghị quyết {self.object.title}"
        )

    def get_sub(self):
        return self.object.title if self.object.document else self.object.organisation.name

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        resolution = self.object
        parts = numbered(resolution.clauses.select_related("conclusion__meeting"))
        paper = resolution.document
        return super().get_context_data(
            parts=[
                {"label": paper_number(label, clause), "number": label.rstrip("-.)"), "clause": clause}
                for label, clause in parts
            ],
            number_line=paper.number_line if paper else "",
            empty=len(empty_parts(clause for _, clause in parts)) if resolution.status in WRITING else 0,
            is_writing=resolution.status in WRITING,
            edits=self._edits(resolution),
            frames=[(slug, frame.label) for slug, frame in FRAMES.items() if getattr(resolution, frame)],
            may_edit_wording=resolution.status == Status.ADOPTED
            and verdict("nghiquyet.edit_wording", self.request.user, resolution) is True,
            way=way_of(self.request.user, resolution),
            **context,
        )

    def _edits(self, resolution):
        """Edits since the vote, each with whether this user may speak on it."""
        edits = edits_since_vote(resolution) if resolution.status in VOTED else []
        for edit in edits:
            waits = edit.check is None and resolution.status == Status.ADOPTED and not resolution.organisation.is_cell
            edit.waits, edit.may_check = (
                waits,
                waits and verdict("nghiquyet.check_wording", self.request.user, edit) is True,
            )
        return edits


def paper_number(label: str, clause) -> str:
    """What a part is called on screen: Phần I, Khoản 1, Điểm a."""
    words = {Level.SECTION: "Phần", Level.PARAGRAPH: "Khoản", Level.POINT: "Điểm"}
    return f"{words[clause.level]} {label.rstrip('-.)')}" if clause.level in words else "Đoạn văn"


class ResolutionCreate(PortalCreate):
    access = "nghiquyet.draft"
    form_class = CreateForm
    title = "Dự thảo nghị quyết"
    verb = "Lập dự thảo"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        """From the page of a meeting: that meeting; else the last one of the only cell."""
        meetings = Meeting.objects.visible_to(self.request.user).closed().select_related("organisation")
        wanted = self.request.GET.get("cuoc-hop", "")
        meeting = meetings.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None
        if meeting is None:
            meeting = meetings.filter(kind__code=KindCode.REGULAR, resolutions__isnull=True).first()
        return {"meeting": meeting, "organisation": meeting and meeting.organisation, "signing": Signing.STANDING}

    def get_crumbs(self):
        return [LIST]

    def act(self, organisation, title, meeting=None, signing=None, is_thematic=False, is_proposal=False):
        if meeting is not None and organisation.is_cell and meeting.organisation_id == organisation.pk:
            return draft_from_meeting(meeting, by=self.request.user, title=title)
        return draft_resolution(
            by=self.request.user,
            organisation=organisation,
            title=title,
            signing=signing or None,
            is_thematic=is_thematic,
            status=Status.PROPOSED if is_proposal else Status.DRAFT,
        )

    def get_success_url(self):
        return self.done.get_absolute_url() if self.done.status == Status.PROPOSED else self.done.get_text_url()


class WorkshopDraft(PortalEdit):
    """One button on the page of the workshop: its conclusion becomes a draft."""

    model = Meeting
    access = "nghiquyet.draft_after"
    form_class = WorkshopDraftForm
    template_name = "components/form_page.html"
    title = "Dự thảo nghị quyết từ kết luận hội thảo"
    verb = "Lập dự thảo"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "kind")

    def get_sub(self):
        return f"{self.object.name}: {self.object.conclusions.count()} điểm kết luận"

    def get_crumbs(self):
        return [LIST, (self.object.name, self.object.get_absolute_url())]

    def get_initial(self):
        return {
            "title": f"về {self.object.theme[:1].lower()}{self.object.theme[1:]}" if self.object.theme else "",
            "signing": Signing.STANDING,
        }

    def act(self, meeting, **answers):
        return draft_from_workshop(meeting, by=self.request.user, **answers)

    def get_success_url(self):
        return self.done.get_absolute_url()


class ResolutionEdit(OfResolution, PortalEdit):
    access = "nghiquyet.edit"
    form_class = ResolutionForm
    title = "Sửa trích yếu, căn cứ, nơi nhận"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "resolution": self.object, "user": self.request.user}

    def get_initial(self):
        return {name: getattr(self.object, name) for name in ResolutionForm.base_fields if name != "cites"}

    def act(self, resolution, **fields):
        return edit_resolution(resolution, by=self.request.user, **fields)


class ResolutionNewDraft(OfResolution, PortalAction):
    access = "nghiquyet.edit"
    form_class = PortalForm
    verb = "Lập dự thảo lần sau"

    def get_title(self):
        return f"Dự thảo lần {self.object.draft_number + 1}?"

    def get_consequence(self):
        return f"Bản in từ nay ghi “Dự thảo lần {self.object.draft_number + 1}”. Lời văn giữ nguyên để sửa tiếp."

    def act(self, resolution):
        return f"Đã chuyển sang dự thảo lần {new_draft(resolution, by=self.request.user).draft_number}."


class ResolutionAdopt(OfResolution, PortalAction):
    access = "nghiquyet.adopt"
    form_class = AdoptForm
    title = "Ghi biểu quyết thông qua"
    verb = "Ghi: đã thông qua"
    consequence = "Thông qua khi quá nửa tổng số được tính tán thành. Sau đó lời văn giữ nguyên, chờ ban hành."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "resolution": self.object, "user": self.request.user}

    def get_initial(self):
        meeting = self.object.meeting
        day = meeting.held_on if meeting else today()
        return {"meeting": meeting, "on": day, "base": vote_base(self.object, meeting, day)}

    def act(self, resolution, **answers):
        resolution = adopt_resolution(resolution, by=self.request.user, **answers)
        if resolution.status == Status.REJECTED:
            return "Đã ghi: nghị quyết không được thông qua."
        return f"Đã ghi: {resolution.in_favour}/{resolution.base} tán thành, nghị quyết được thông qua."


class ResolutionReturn(OfResolution, PortalAction):
    access = "nghiquyet.adopt"
    form_class = ReturnForm
    title = "Trả về dự thảo"
    verb = "Trả về dự thảo"
    consequence = "Kết quả biểu quyết đã ghi không còn tính. Nghị quyết thành dự thảo lần sau và phải biểu quyết lại."

    def act(self, resolution, reason):
        return return_to_draft(resolution, by=self.request.user, reason=reason)


class ResolutionIssue(OfResolution, PortalAction):
    access = "nghiquyet.issue"
    form_class = IssueForm
    template_name = "nghiquyet/resolution_issue.html"
    title = "Ban hành nghị quyết"
    verb = "Ban hành và lấy số"

    def get_consequence(self):
        return "Ban hành rồi thì lời văn, số và ngày khóa lại, không sửa được. Muốn thay đổi phải ra văn bản khác."

    def get_initial(self):
        resolution = self.object
        day = max(filter(None, [resolution.adopted_on, min(today(), resolution.organisation.kind.valid_to or today())]))
        name, position = resolution.signer_name, resolution.signer_position
        if not name:
            name, position = signer_of(resolution.organisation, day)
        return {"dated": day, "signer_name": name, "signer_position": position}

    def get_context_data(self, **context):
        organisation = self.object.organisation
        term = organisation.terms.on(self.get_initial()["dated"]).first()
        forecast = next_number(organisation.issuer_key, term.period_key, "NGHỊ QUYẾT") if term else None
        return super().get_context_data(forecast=forecast, **context)

    def act(self, resolution, **answers):
        resolution = issue_resolution(resolution, by=self.request.user, **answers)
        return f"Đã ban hành Nghị quyết số {resolution.document.number_line[3:]}."
