"""Score frames on screen: the list with its history, a draft and its criteria, in force from a day, tried on a real meeting."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from chibo.choices import Role
from hoithao.access import may_draft_frame, may_edit_frame
from hoithao.choices import JUDGED, FrameStatus
from hoithao.forms.frames import CriterionForm, FrameForm, InForceForm, PreviewForm
from hoithao.frames import frame_for
from hoithao.models import Criterion, Meeting, RuleFrame
from hoithao.models.meeting import began
from hoithao.scoring import MEASURES, shown
from hoithao.services.frames import (
    change_frame,
    discard_frame,
    draft_frame,
    next_version,
    problems_of,
    put_criterion,
    put_in_force,
    remove_criterion,
)
from hoithao.services.scores import proposals, result_words, score_of
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Quy định sinh hoạt", "/sinh-hoat/khung/")
CRUMBS = [("Sinh hoạt", "/sinh-hoat/"), LIST]


def answers_for_every_place(user) -> bool:
    """Whether the user may make a frame for everywhere."""
    return may_edit_frame(user, RuleFrame()) is True


class FrameList(PortalList):
    model = RuleFrame
    access = "hoithao.see_frames"
    template_name = "hoithao/frame_list.html"
    title = "Quy định sinh hoạt"
    sub = "Khung đánh giá: tiêu chí, mức, thời lượng có ngày áp dụng. Buổi đã chấm giữ khung của ngày ấy."

    def get_rows(self):
        return (
            super()
            .get_rows()
            .select_related("organisation", "kind")
            .order_by("status", "-valid_from", "code", "-version")
        )

    def get_crumbs(self):
        return [CRUMBS[0]]

    def get_context_data(self, **context):
        may = may_draft_frame(self.request.user) is True
        return super().get_context_data(may_draft=may, today=today(), **context)


class FrameDetail(PortalDetail):
    model = RuleFrame
    access = "hoithao.see_frames"
    template_name = "hoithao/frame_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "kind")

    def get_crumbs(self):
        return CRUMBS

    def get_context_data(self, **context):
        frame = self.object
        rows = in_tree(frame.criteria.all())
        is_draft = frame.status == FrameStatus.DRAFT
        versions = RuleFrame.objects.visible_to(self.request.user).filter(code=frame.code).order_by("-version")
        may = may_edit_frame(self.request.user, frame) is True and scope_of(self.request.user).holds(Role.ORGANISING)
        return super().get_context_data(
            rows=rows, is_draft=is_draft, versions=versions, may_edit=may, problems=problems_of(frame) if is_draft else [],
            total=shown(sum((r.most for r in rows if r.is_leaf), 0)), scored=frame.scores.count(), **context,
        )  # fmt: skip


def in_tree(criteria) -> list[Criterion]:
    """Criteria in reading order: each top line, then the lines below it; a line without others below is a leaf."""
    criteria = sorted(criteria, key=lambda c: (c.order, c.pk))
    below: dict = {}
    for one in criteria:
        below.setdefault(one.parent_id, []).append(one)
    out = []
    for top in below.get(None, []):
        top.is_leaf = top.pk not in below and not top.is_group
        out.append(top)
        for one in below.get(top.pk, []):
            one.is_leaf = True
            out.append(one)
    return out


class FrameCreate(PortalCreate):
    access = "hoithao.draft_frame"
    form_class = FrameForm
    title = "Lập khung đánh giá"
    verb = "Lập khung dự thảo"

    def get_crumbs(self):
        return CRUMBS

    def get_form_kwargs(self):
        user = self.request.user
        return {**super().get_form_kwargs(), "user": user, "may_be_national": answers_for_every_place(user)}

    def act(self, **answers):
        return draft_frame(by=self.request.user, **answers)


class OfFrame(PortalEdit):
    """Pages that change one frame."""

    model = RuleFrame
    access = "hoithao.edit_frame"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation", "kind")

    def get_crumbs(self):
        return [*CRUMBS, (str(self.object), self.object.get_absolute_url())]

    def get_success_url(self):
        return reverse("hoithao:frame_detail", args=[self.object.pk])


class FrameEdit(OfFrame):
    form_class = FrameForm
    title = "Sửa khung dự thảo"

    def get_form_kwargs(self):
        user = self.request.user
        found = {**super().get_form_kwargs(), "user": user, "may_be_national": answers_for_every_place(user)}
        return {**found, "instance": RuleFrame.objects.visible_to(user).get(pk=self.object.pk)}

    def act(self, frame, **answers):
        answers.pop("code")
        change_frame(frame, by=self.request.user, **answers)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["code"].disabled = True
        return form


class FrameVersion(OfFrame, PortalAction):
    title = "Lập bản mới từ khung này"
    template_name = "components/action_form.html"
    verb = "Lập bản mới"
    consequence = "Bản mới là dự thảo, mang mọi tiêu chí của khung này. Khung đang áp dụng giữ nguyên đến khi bản mới được áp dụng."

    def act(self, frame):
        return next_version(frame, by=self.request.user)

    def get_success_url(self):
        return self.done.get_absolute_url() if getattr(self, "done", None) else super().get_success_url()


class FrameInForce(OfFrame):
    form_class = InForceForm
    title = "Áp dụng khung đánh giá"
    template_name = "components/action_form.html"
    verb = "Áp dụng"

    def get_context_data(self, **context):
        text = "Áp dụng rồi thì không sửa được; muốn đổi phải lập bản mới. Khung trước của cùng nơi hết hạn vào ngày hôm trước. Buổi đã chấm không chấm lại."
        return super().get_context_data(consequence=text, **context)

    def act(self, frame, valid_from, valid_to):
        put_in_force(frame, by=self.request.user, valid_from=valid_from, valid_to=valid_to)
        return f"Khung áp dụng từ ngày {valid_from:%d/%m/%Y}."


class FrameDiscard(OfFrame, PortalAction):
    title = "Bỏ khung dự thảo"
    template_name = "components/action_form.html"
    verb = "Bỏ dự thảo"
    consequence = "Dự thảo và các tiêu chí của nó không còn. Khung đang áp dụng không đổi."

    def act(self, frame):
        discard_frame(frame, by=self.request.user)
        return "Đã bỏ khung dự thảo."

    def get_success_url(self):
        return reverse("hoithao:frame_list")


class CriterionPut(OfFrame):
    """Add a criterion, or change the one in the address."""

    form_class = CriterionForm
    template_name = "hoithao/criterion_form.html"
    verb = "Ghi tiêu chí"

    def get_criterion(self):
        if "row" not in self.kwargs:
            return None
        return get_object_or_404(Criterion, pk=self.kwargs["row"], frame=self.object)

    def get_title(self):
        return "Sửa tiêu chí" if "row" in self.kwargs else "Thêm tiêu chí"

    def get_form_kwargs(self):
        criterion = self.get_criterion()
        return {**super().get_form_kwargs(), "frame": self.object, **({"instance": criterion} if criterion else {})}

    def get_context_data(self, **context):
        return super().get_context_data(measures=MEASURES.items(), criterion=self.get_criterion(), **context)

    def act(self, frame, **answers):
        put_criterion(frame, by=self.request.user, criterion=self.get_criterion(), **answers)


class CriterionRemove(OfFrame, PortalAction):
    title = "Bỏ tiêu chí"
    template_name = "components/action_form.html"
    verb = "Bỏ tiêu chí"
    consequence = "Tiêu chí và các dòng dưới nó ra khỏi dự thảo."

    def act(self, frame):
        remove_criterion(get_object_or_404(Criterion, pk=self.kwargs["row"], frame=frame), by=self.request.user)


class FramePreview(PortalDetail):
    """The frame tried on a real meeting beside the frame that rules it; nothing is stored."""

    model = RuleFrame
    access = "hoithao.see_frames"
    template_name = "hoithao/frame_preview.html"

    def get_title(self):
        return f"Xem thử: {self.object}"

    def get_crumbs(self):
        return [*CRUMBS, (str(self.object), self.object.get_absolute_url())]

    def get_context_data(self, **context):
        held = (
            Meeting.objects.visible_to(self.request.user)
            .held()
            .filter(kind__code__in=JUDGED, roll_taken_at__isnull=False)
        )
        meetings = held.select_related("organisation__kind", "kind").order_by(began().desc())
        chosen = None
        if number := self.request.GET.get("buoi", ""):
            if not (number.isdecimal() and len(number) < 19):
                raise Http404
            chosen = get_object_or_404(meetings, pk=int(number))
        recent = list(meetings.values_list("pk", flat=True)[:40]) + ([chosen.pk] if chosen else [])
        form = PreviewForm(initial={"buoi": chosen}, meetings=meetings.filter(pk__in=recent))
        frames = list(dict.fromkeys([frame_for(chosen), self.object])) if chosen else []
        score = score_of(chosen) if chosen else None
        return super().get_context_data(
            form=form, chosen=chosen, sides=[tried(chosen, frame) for frame in frames], result=result_words(score) if score else "", **context
        )  # fmt: skip


def tried(meeting, frame) -> dict:
    """What the data of a meeting give under a frame: sure points, and what is left to people."""
    rows = [
        {"criterion": c, "said": said, "points": "" if said.points is None else shown(said.points)}
        for c, said in proposals(meeting, frame)
    ]
    sure = sum((row["said"].points for row in rows if row["said"].points is not None), 0)
    asked = sum(1 for row in rows if row["said"].counts and row["said"].points is None)
    most = sum((row["criterion"].most for row in rows if row["said"].counts), 0)
    return {"frame": frame, "rows": rows, "sure": shown(sure), "asked": asked, "most": shown(most)}


urlpatterns = [
    path("khung/", FrameList.as_view(), name="frame_list"),
    path("khung/moi/", FrameCreate.as_view(), name="frame_create"),
    path("khung/<int:pk>/", FrameDetail.as_view(), name="frame_detail"),
    path("khung/<int:pk>/sua/", FrameEdit.as_view(), name="frame_edit"),
    path("khung/<int:pk>/ban-moi/", FrameVersion.as_view(), name="frame_version"),
    path("khung/<int:pk>/ap-dung/", FrameInForce.as_view(), name="frame_in_force"),
    path("khung/<int:pk>/bo/", FrameDiscard.as_view(), name="frame_discard"),
    path("khung/<int:pk>/xem-thu/", FramePreview.as_view(), name="frame_preview"),
    path("khung/<int:pk>/tieu-chi/", CriterionPut.as_view(), name="criterion_create"),
    path("khung/<int:pk>/tieu-chi/<int:row>/", CriterionPut.as_view(), name="criterion_edit"),
    path("khung/<int:pk>/tieu-chi/<int:row>/bo/", CriterionRemove.as_view(), name="criterion_remove"),
]
