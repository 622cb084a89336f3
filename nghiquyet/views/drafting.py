"""The way of a draft, step by step; versions and how they differ; comments and their answers; later papers."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views import View

from kyanh_portal.access.rules import AccessDenied
from kyanh_portal.access.scope import scope_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import vn_date
from kyanh_portal.base.downloads import attachment
from kyanh_portal.rendering.pdf import report_pdf
from kyanh_portal.ui.views import AccessMixin, FoundMixin, PortalAction, PortalDetail, PortalEdit
from nghiquyet.choices import Status
from nghiquyet.comparing import compare_parts
from nghiquyet.forms.drafting import AnswerForm, CommentForm, DossierForm, EffectForm, MoveForm, PlanForm
from nghiquyet.models import Comment, DraftVersion
from nghiquyet.services.comments import add_comment, answer_comment, in_order, table_rows
from nghiquyet.services.effects import apply_paper
from nghiquyet.services.moving import lacking_for, move_resolution, plan_drafting, tick_dossier
from nghiquyet.services.parts import frame_of, framed, parts_of, places_of
from nghiquyet.views.resolutions import LIST, OfResolution
from nghiquyet.workflow import find_move


class ResolutionMoveStep(OfResolution, PortalAction):
    """One step further; the page says what it brings and what still stands in the way."""

    access = "nghiquyet.move"
    form_class = MoveForm
    template_name = "nghiquyet/resolution_move.html"

    def allowed(self, resolution):
        super().allowed(resolution)
        self.move = find_move(resolution.organisation.is_cell, resolution.status, self.kwargs["step"])
        if self.kwargs["step"] not in Status.values:
            raise Http404
        if self.move and not scope_of(self.request.user).holds(*self.move.roles, path=resolution.path):
            raise AccessDenied(self.access, "Bước này do Văn phòng chuyển. Đồng chí gọi Văn phòng.")
        return resolution

    def get_title(self):
        return self.move.verb if self.move else "Nghị quyết đã sang bước khác"

    @property
    def verb(self):
        return self.move.verb if self.move else "Chuyển bước"

    def get_consequence(self):
        if self.move is None:
            return "Có người vừa chuyển bước nghị quyết này. Trở lại trang nghị quyết để thấy bước tiếp theo."
        return self.move.consequence or f"Nghị quyết sang bước “{Status(self.move.target).label}”."

    def get_form_kwargs(self):
        move = self.move or find_move(False, Status.REJECTED, Status.DRAFT)
        return {**super().get_form_kwargs(), "resolution": self.object, "move": move}

    def get_context_data(self, **context):
        lacking = lacking_for(self.object, self.move, "có") if self.move else []
        return super().get_context_data(lacking=lacking, **context)

    def act(self, resolution, note="", until=None, asked=()):
        step = self.kwargs["step"]
        move_resolution(resolution, step, by=self.request.user, note=note, until=until, asked=asked)
        return f"Đã chuyển sang bước “{Status(step).label}”."


class ResolutionPlan(OfResolution, PortalEdit):
    access = "nghiquyet.move"
    form_class = PlanForm
    title = "Phân công soạn thảo"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "resolution": self.object}

    def get_initial(self):
        return {name: getattr(self.object, name) for name in ("lead", "due_month", "drafting_group")}

    def act(self, resolution, **answers):
        plan_drafting(resolution, by=self.request.user, **answers)


class ResolutionDossier(OfResolution, PortalEdit):
    access = "nghiquyet.move"
    form_class = DossierForm
    title = "Hồ sơ trình"

    def get_initial(self):
        return {"codes": list(self.object.dossier)}

    def act(self, resolution, codes):
        tick_dossier(resolution, by=self.request.user, codes=codes)


class ResolutionCompare(OfResolution, PortalDetail):
    """Two versions word by word: in one column, or side by side. "Bây giờ" is the text as it reads now."""

    access = "nghiquyet.see_resolution"
    template_name = "nghiquyet/resolution_compare.html"

    def get_title(self):
        return "So sánh các bản dự thảo"

    def get_sub(self):
        return str(self.object)

    def get_context_data(self, **context):
        versions = list(self.object.versions.all())
        old, new = self._chosen(versions, "cu", -1), self._chosen(versions, "moi", None)
        now = framed(self.object.title, frame_of(self.object), parts_of(self.object))
        after = framed(new.title, new.frame, new.parts) if new else now
        before = framed(old.title, old.frame, old.parts) if old else []
        if not (old and old.frame) or (
            new and not new.frame
        ):  # kept before the frame was kept: the parts alone compare
            before, after = (old.parts if old else []), (new.parts if new else parts_of(self.object))
        rows = compare_parts(before, after) if versions else []
        changed = sum(row["state"] != "same" for row in rows)
        is_split = self.request.GET.get("kieu") == "doi"
        return super().get_context_data(
            versions=versions, old=old, new=new, rows=rows, changed=changed, is_split=is_split, **context
        )

    def _chosen(self, versions, name, default):
        asked = self.request.GET.get(name, "")
        found = next((v for v in versions if str(v.number) == asked), None)
        if found is None and not asked and versions and default is not None:
            return versions[default]
        return found


class OfVersion:
    model = DraftVersion

    def get_queryset(self):
        return super().get_queryset().select_related("resolution__organisation__kind")

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]


class VersionDetail(OfVersion, PortalDetail):
    """The text as it was sent out, with the comments at each part, and a place to add one."""

    access = "nghiquyet.see_version"
    template_name = "nghiquyet/version_detail.html"

    def get_title(self):
        return f"Góp ý dự thảo: {self.object.resolution}"

    def get_sub(self):
        version = self.object
        return f"{version}, gửi ngày {vn_date(version.taken_at)}"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        seen = Comment.objects.visible_to(self.request.user).filter(version=self.object).select_related("organisation")
        by_part: dict = {}
        for comment in seen:
            by_part.setdefault(comment.key, []).append(comment)
        parts = [{**part, "comments": by_part.pop(part["key"], [])} for part in places_of(self.object)]
        whole = [comment for rows in by_part.values() for comment in rows]
        return super().get_context_data(parts=parts, whole=whole, **context)


class CommentCreate(OfVersion, PortalEdit):
    access = "nghiquyet.see_version"
    form_class = CommentForm
    title = "Ghi ý kiến góp ý"
    verb = "Gửi ý kiến"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "version": self.object, "user": self.request.user}

    def get_initial(self):
        return {"clause": self.request.GET.get("phan", "")}

    def act(self, version, organisation, text, clause=""):
        add_comment(version, by=self.request.user, organisation=organisation, text=text, clause=clause or None)
        return "Đã gửi ý kiến."


class Answers(OfResolution, PortalDetail):
    """Bảng ý kiến – tiếp thu – giải trình."""

    access = "nghiquyet.see_resolution"
    template_name = "nghiquyet/answers.html"

    def get_title(self):
        return "Bảng ý kiến, tiếp thu, giải trình"

    def get_sub(self):
        return str(self.object)

    def get_context_data(self, **context):
        rows = (
            Comment.objects.visible_to(self.request.user)
            .filter(version__resolution=self.object)
            .select_related("organisation", "version")
        )
        rows = in_order(rows)
        waiting = sum(not row.verdict for row in rows)
        return super().get_context_data(comments=rows, waiting=waiting, **context)


class AnswersPdf(OfResolution, FoundMixin, AccessMixin, View):
    access = "nghiquyet.see_resolution"

    def get(self, request, pk):
        resolution = self.get_object()
        rows = table_rows(resolution)
        made = f"Lập ngày {vn_date(timezone.localdate())}."
        pdf = report_pdf("print/answers.html", {
            "title": "Bảng tổng hợp ý kiến, tiếp thu, giải trình",
            "sub": f"{resolution}, {resolution.organisation.name}: {len(rows)} ý kiến", "rows": rows, "made": made,
            "is_synthetic": resolution.is_synthetic,
        })  # fmt: skip
        record("document.downloaded", resolution, by=request.user, format="pdf")
        return HttpResponse(pdf, content_type="application/pdf", headers={
            "Content-Disposition": attachment("bang-tiep-thu-giai-trinh.pdf"), "Cache-Control": "no-store",
            "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
        })  # fmt: skip


class CommentAnswer(PortalEdit):
    model = Comment
    access = "nghiquyet.answer"
    form_class = AnswerForm
    template_name = "nghiquyet/comment_answer.html"
    title = "Tiếp thu, giải trình"

    def get_queryset(self):
        return super().get_queryset().select_related("version__resolution__organisation__kind", "organisation")

    def get_crumbs(self):
        return [LIST, ("Bảng tiếp thu, giải trình", self.object.get_absolute_url())]

    def get_initial(self):
        return {"verdict": self.object.verdict, "answer": self.object.answer}

    def act(self, comment, **answers):
        answer_comment(comment, by=self.request.user, **answers)


class EffectCreate(OfResolution, PortalAction):
    access = "nghiquyet.affect"
    form_class = EffectForm
    title = "Văn bản sau sửa đổi, thay thế, kéo dài, kết thúc"
    verb = "Ghi"
    consequence = (
        "Lời văn, số và dấu niêm của nghị quyết này giữ nguyên; trang của nó mang dòng báo, hai văn bản chỉ đến nhau."
    )

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "resolution": self.object, "user": self.request.user}

    def act(self, resolution, **answers):
        apply_paper(resolution, by=self.request.user, **answers)
