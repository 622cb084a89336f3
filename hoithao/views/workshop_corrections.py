"""Correct or take back a remark, a disagreement, a solution, a point of the conclusion."""

from django.urls import path, reverse

from hoithao.forms.workshop_record import SolutionForm
from hoithao.forms.workshops import ConclusionForm, DisagreementForm, RemarkForm, seen_with
from hoithao.models import Conclusion, Disagreement, Remark, Solution
from hoithao.services.workshop_corrections import FIELDS, correct_entry, remove_entry, said_of
from hoithao.views.programmes import LIST
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.views import PortalAction, PortalEdit


class OfEntry:
    """One entry among those of the workshops the user may see."""

    access = "hoithao.edit_workshop"
    anchor = ""

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation__kind", "meeting__kind")

    def get_sub(self):
        return str(self.object)

    def get_crumbs(self):
        meeting = self.object.meeting
        return [LIST, (meeting.name, reverse("hoithao:workshop_detail", args=[meeting.pk]))]

    def get_success_url(self):
        return reverse("hoithao:workshop_detail", args=[self.object.meeting_id]) + self.anchor


class EntryEdit(OfEntry, PortalEdit):
    verb = "Ghi bản đã sửa"

    def get_initial(self):
        names = FIELDS[self.model._meta.model_name]
        return {**{name: getattr(self.object, name) for name in names}, "seen": said_of(self.object)}

    def act(self, entry, **answers):
        correct_entry(entry, by=self.request.user, **answers)
        return "Đã ghi bản đã sửa."


class EntryRemove(OfEntry, PortalAction):
    form_class = PortalForm
    title = "Bỏ mục này?"
    verb = "Bỏ mục này"
    consequence = "Mục rời khỏi biên bản hội thảo. Nhật ký vẫn giữ ai bỏ, lúc nào."

    def act(self, entry):
        remove_entry(entry, by=self.request.user)
        return "Đã bỏ."


def pair(name: str, model, form, title: str, word: str, anchor: str) -> list:
    """The two addresses of one kind of entry."""
    more = {"model": model, "anchor": anchor}
    edit = type(f"{model.__name__}Edit", (EntryEdit,), {**more, "form_class": seen_with(form), "title": title})
    if form is SolutionForm:
        edit.get_form_kwargs = lambda self: {**EntryEdit.get_form_kwargs(self), "meeting": self.object.meeting}
    remove = type(f"{model.__name__}Remove", (EntryRemove,), more)
    return [
        path(f"hoi-thao/{word}/<int:pk>/sua/", edit.as_view(), name=f"{name}_edit"),
        path(f"hoi-thao/{word}/<int:pk>/bo/", remove.as_view(), name=f"{name}_remove"),
    ]


urlpatterns = [
    *pair("remark", Remark, RemarkForm, "Sửa ý kiến", "y-kien", "#y-kien"),
    *pair("disagreement", Disagreement, DisagreementForm, "Sửa vấn đề còn ý kiến khác nhau", "khac-nhau", "#khac-nhau"),
    *pair("solution", Solution, SolutionForm, "Sửa nhiệm vụ, giải pháp", "giai-phap", "#giai-phap"),
    *pair("conclusion", Conclusion, ConclusionForm, "Sửa ý kết luận", "ket-luan", "#ket-luan"),
]
