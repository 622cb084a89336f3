"""Biên tập kỹ thuật after the vote: of a part, of what stands around the parts; and the second person who reads it again."""

from django.http import Http404

from kyanh_portal.ui.views import PortalAction, PortalEdit
from nghiquyet.forms.resolutions import FrameForm, WordingCheckForm, WordingForm
from nghiquyet.models import WordingEdit
from nghiquyet.services.wording import check_edit, edit_frame, edit_wording, edits_since_vote
from nghiquyet.views.clauses import OfClause
from nghiquyet.views.resolutions import FRAMES, LIST, OfResolution

SUB = (
    "Sửa lỗi chính tả, dấu câu, tên gọi. Con số, thời hạn, nội dung đã biểu quyết thì giữ nguyên. Chỗ sửa được ghi lại"
)
KEPT = "Đã ghi chỗ sửa."
KEPT_WAITING = "Đã ghi chỗ sửa. Chờ người thứ hai đọc lại, xác nhận không đổi nghĩa rồi mới trình ký."


def said(resolution) -> str:
    """What the page answers: a committee's edit waits for a second reader."""
    return KEPT if resolution.organisation.is_cell else KEPT_WAITING


class ClauseWording(OfClause, PortalEdit):
    """Words put right after the vote; what stood is kept beside what stands."""

    access = "nghiquyet.edit_wording"
    form_class = WordingForm
    title = "Biên tập kỹ thuật"
    sub = f"{SUB}."
    verb = "Ghi chỗ sửa"

    def get_crumbs(self):
        resolution = self.object.resolution
        return [LIST, (str(resolution), resolution.get_absolute_url())]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "clause": self.object}

    def get_initial(self):
        clause = self.object
        return {"heading": clause.heading, "text": clause.text, "seen": f"{clause.heading}\n{clause.text}"}

    def act(self, clause, **answers):
        edit_wording(clause, by=self.request.user, **answers)
        return said(clause.resolution)

    def get_success_url(self):
        return f"{self.object.resolution.get_absolute_url()}#bien-tap"


class FrameWording(OfResolution, PortalEdit):
    """Title, grounds, opening, recipients put right after the vote, as the parts are."""

    access = "nghiquyet.edit_wording"
    form_class = FrameForm
    template_name = "components/form_page.html"
    sub = f"{SUB}, rồi người thứ hai xác nhận."
    verb = "Ghi chỗ sửa"

    def allowed(self, resolution):
        if self.kwargs["frame"] not in FRAMES:
            raise Http404
        self.frame = FRAMES[self.kwargs["frame"]]
        return super().allowed(resolution)

    def get_title(self):
        return f"Biên tập kỹ thuật: {self.frame.label.lower()}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "frame": self.frame}

    def get_initial(self):
        text = getattr(self.object, self.frame)
        return {"text": text, "seen": text}

    def act(self, resolution, **answers):
        edit_frame(resolution, self.frame, by=self.request.user, **answers)
        return said(resolution)

    def get_success_url(self):
        return f"{self.object.get_absolute_url()}#bien-tap"


class WordingChecked(PortalAction):
    """A second person reads what stood and what stands, and says whether the meaning is the same."""

    model = WordingEdit
    access = "nghiquyet.check_wording"
    form_class = WordingCheckForm
    template_name = "nghiquyet/wording_check.html"
    title = "Xác nhận chỗ biên tập kỹ thuật"
    verb = "Ghi nhận xét của tôi"
    consequence = "Đồng ý: chỗ sửa đi tiếp đến bước trình ký. Không đồng ý: lời văn trở lại như trước khi sửa, lý do được ghi lại."

    def get_queryset(self):
        return super().get_queryset().select_related("resolution__organisation__kind", "by")

    def get_crumbs(self):
        resolution = self.object.resolution
        return [LIST, (str(resolution), resolution.get_absolute_url())]

    def get_context_data(self, **context):
        edit = next((one for one in edits_since_vote(self.object.resolution) if one.pk == self.object.pk), None)
        return super().get_context_data(edit=edit, **context)

    def act(self, edit, **answers):
        done = check_edit(edit, by=self.request.user, **answers)
        return (
            "Đã xác nhận: không đổi nghĩa."
            if done.agrees
            else "Đã ghi: không đồng ý. Lời văn trở lại như trước khi sửa."
        )
