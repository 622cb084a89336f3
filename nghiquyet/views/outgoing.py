"""Soạn văn bản: from three answers to a numbered paper, at a desk or on a phone."""

from django.db.models import Case, F, When

from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.documents.numbering import next_number
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList
from nghiquyet.choices import PaperStatus
from nghiquyet.documents.outgoing import compose
from nghiquyet.forms.outgoing import OutgoingFilter, PaperForm, SecretPlaceForm, SignedForm, TakeBackForm, WriteForm
from nghiquyet.models import OutgoingPaper, PaperEffect
from nghiquyet.services.outgoing import (
    FIELDS,
    authority_for,
    copy_paper,
    edit_paper,
    issue_paper,
    keep_secret_place,
    missing_of,
    send_to_sign,
    take_back,
    write_paper,
)

DESK = ("Văn bản", "/van-ban/")
LIST = ("Văn bản đi", "/van-ban/di/")


class OutgoingList(PortalList):
    """What is being written and what waits for a hand first, then what went out, newest date first."""

    model = OutgoingPaper
    access = "nghiquyet.see_outgoing_papers"
    filter_class = OutgoingFilter
    template_name = "nghiquyet/outgoing_list.html"
    title = "Văn bản đi"

    def get_crumbs(self):
        return [DESK]

    def get_rows(self):
        rows = super().get_rows().select_related("organisation", "document").defer("document__content", "text")
        at_work = Case(When(status=PaperStatus.ISSUED, then=1), default=0)
        return rows.order_by(at_work, F("dated").desc(nulls_first=True), "-created_at", "-pk")


class OfOutgoing:
    """Pages about one paper."""

    model = OutgoingPaper

    def get_queryset(self):
        rows = super().get_queryset().select_related("organisation__kind", "organisation__parent__kind", "document")
        return rows.select_related("copied_from__organisation", "written_by")

    def get_crumbs(self):
        return [DESK, LIST, (str(self.object), self.object.get_absolute_url())]


class OutgoingDetail(OfOutgoing, PortalDetail):
    access = "nghiquyet.see_outgoing"
    template_name = "nghiquyet/outgoing_detail.html"

    def get_title(self):
        paper = self.object.document
        if paper is None:
            return str(self.object)
        return f"{self.object.type.name.capitalize()} số {paper.number_line[3:]}, ngày {vn_date(paper.dated)}"

    def get_sub(self):
        return self.object.title if self.object.document_id else self.object.organisation.name

    def get_crumbs(self):
        return [DESK, LIST]

    def get_context_data(self, **context):
        paper = self.object
        is_draft = paper.status == PaperStatus.DRAFT
        answer = authority_for(paper.organisation, paper.type_code, paper.signing, paper.dated)
        return super().get_context_data(
            lacking=missing_of(paper) if is_draft else [],
            authority=answer,
            way={"effects": [], "affects": affected_by(self.request.user, paper)},
            content=None if paper.is_secret else compose(paper),
            **context,
        )


def affected_by(user, paper):
    """The resolutions this paper amends, extends, replaces, reviews or ends."""
    if not paper.document_id:
        return []
    return (
        PaperEffect.objects.visible_to(user).filter(document=paper.document_id).select_related("resolution__document")
    )


class OutgoingWrite(PortalCreate):
    access = "nghiquyet.write_paper"
    form_class = WriteForm
    title = "Soạn văn bản"
    verb = "Soạn tiếp nội dung"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        return {"type_code": self.request.GET.get("loai", ""), "from_last": True}

    def get_crumbs(self):
        return [DESK, LIST]

    def act(self, **answers):
        return write_paper(by=self.request.user, **answers)

    def get_success_url(self):
        return f"{self.done.get_absolute_url()}sua/"


class OutgoingEdit(OfOutgoing, PortalEdit):
    access = "nghiquyet.edit_paper"
    form_class = PaperForm
    title = "Soạn văn bản"
    verb = "Ghi, xem bản in"

    def get_title(self):
        return f"Soạn {self.object.type.name.lower()}"

    def get_sub(self):
        return self.object.organisation.name

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "paper": self.object, "user": self.request.user}

    def get_initial(self):
        values = {name: getattr(self.object, name) for name in FIELDS}
        return {**values, "seen_at": self.object.updated_at.isoformat()}

    def act(self, paper, **fields):
        return edit_paper(paper, by=self.request.user, **fields)


class OutgoingCopy(OfOutgoing, PortalAction):
    access = "nghiquyet.edit_paper"
    form_class = PortalForm
    title = "Soạn bản mới từ văn bản này?"
    verb = "Soạn bản mới"
    consequence = "Bản mới có sẵn lời văn, nơi nhận và người ký như văn bản này, chưa có số. Văn bản cũ giữ nguyên."

    def act(self, paper):
        return copy_paper(paper, by=self.request.user)

    def get_success_url(self):
        return f"{self.done.get_absolute_url()}sua/"


class OutgoingToSign(OfOutgoing, PortalAction):
    access = "nghiquyet.edit_paper"
    form_class = PortalForm
    title = "Trình ký"
    verb = "Trình ký"
    consequence = "Lời văn giữ nguyên từ lúc này. In bản PDF, trình người có thẩm quyền ký; ký xong thì lấy số."

    def act(self, paper):
        send_to_sign(paper, by=self.request.user)
        return "Đã trình ký. Ký xong, bấm “Đã ký, lấy số”."


class OutgoingTakeBack(OfOutgoing, PortalAction):
    access = "nghiquyet.edit_paper"
    form_class = TakeBackForm
    title = "Lấy về để sửa"
    verb = "Lấy về"

    def get_consequence(self):
        return f"Văn bản trở về bàn soạn, thành dự thảo lần {self.object.draft_number + 1}."

    def act(self, paper, reason):
        return take_back(paper, by=self.request.user, reason=reason)


class OutgoingIssue(OfOutgoing, PortalAction):
    access = "nghiquyet.issue_paper"
    form_class = SignedForm
    template_name = "nghiquyet/outgoing_issue.html"
    title = "Đã ký, lấy số"
    verb = "Lấy số và ban hành"
    consequence = "Lấy số rồi thì lời văn, số và ngày khóa lại, không sửa được. Muốn thay đổi thì soạn văn bản khác."

    def get_initial(self):
        last = self.object.organisation.kind.valid_to
        return {"dated": min(today(), last) if last else today()}

    def get_context_data(self, **context):
        organisation, day = self.object.organisation, self.get_initial()["dated"]
        term = organisation.terms.on(day).first()
        number = next_number(organisation.issuer_key, term.period_key, self.object.type.name) if term else None
        answer = authority_for(organisation, self.object.type_code, self.object.signing, day)
        return super().get_context_data(forecast=number, authority=answer, **context)

    def act(self, paper, dated):
        paper = issue_paper(paper, by=self.request.user, dated=dated)
        return f"Đã ban hành, số {paper.document.number_line[3:]}."


class SecretPlace(PortalCreate):
    access = "nghiquyet.keep_secret_place"
    form_class = SecretPlaceForm
    title = "Giữ số cho tài liệu mật"
    sub = "Cổng chỉ giữ số và ngày. Trích yếu, nội dung, nơi nhận theo dõi ở sổ riêng, không ghi ở đây."
    verb = "Lấy số"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [DESK, LIST]

    def act(self, **answers):
        return keep_secret_place(by=self.request.user, **answers)
