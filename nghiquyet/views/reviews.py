"""Evaluations of a resolution, its sơ kết and tổng kết, its chain both ways, and the two tables as Excel."""

from django.http import HttpResponse
from django.views import View

from kyanh_portal.access.rules import verdict
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.downloads import attachment
from kyanh_portal.reports.report import XLSX
from kyanh_portal.ui.views import AccessMixin, FoundMixin, PortalDetail, PortalEdit
from nghiquyet.choices import Signing
from nghiquyet.documents.tables import tables_xlsx
from nghiquyet.figures.chain import chain_of
from nghiquyet.figures.reviews import headline, headline_words
from nghiquyet.figures.tables import duty_rows, paper_name, shown, target_rows
from nghiquyet.figures.targets import LOOKS
from nghiquyet.forms.reviews import LinksForm, ReviewForm
from nghiquyet.models import Duty, Evaluation, OutgoingPaper
from nghiquyet.services.reviews import draft_review, link_target
from nghiquyet.views.living import LIST, OfLiving, OfTarget, living_url, short_name


def decorated(rows: list[dict]) -> list[dict]:
    """Rows of the target table with words for the screen."""
    return [
        {
            **row, "look": LOOKS[row["outcome"]], "shown": shown(row["value"], row["places"], row["unit"]), "shown_total": shown(row["total"], row["places"], row["unit"]),
            "shown_ratio": shown(row["ratio"], 1), "parts": f"{shown(row['numerator'])}/{shown(row['denominator'])}" if row["measure"] == "rate" and row["value"] else "",
        }
        for row in rows
    ]  # fmt: skip


class EvaluationList(OfLiving, PortalDetail):
    """How the resolution stands today, and every evaluation kept of it."""

    access = "nghiquyet.see_living"
    template_name = "nghiquyet/evaluation_list.html"

    def get_title(self):
        return "Đánh giá, sơ kết, tổng kết"

    def get_sub(self):
        return f"Nghị quyết số {short_name(self.object)}: {self.object.title}"

    def get_context_data(self, **context):
        rows = target_rows(self.object, self.request.user, today(), "year")
        counts = headline([row["outcome"] for row in rows])
        kept = (
            Evaluation.objects.visible_to(self.request.user)
            .filter(resolution=self.object)
            .select_related("by", "paper__document")
        )
        kept = [(row, headline_words(row.snapshot["headline"])) for row in kept.defer("paper__document__content")[:50]]
        return super().get_context_data(
            rows=decorated(rows), counts=counts, words=headline_words(counts), kept=kept, day=today(),
            is_congress=self.object.signing == Signing.CONGRESS, **context,
        )  # fmt: skip


class EvaluationCreate(OfLiving, PortalEdit):
    access = "nghiquyet.assign"
    form_class = ReviewForm
    title = "Lập sơ kết, tổng kết"
    verb = "Lập báo cáo"

    def get_sub(self):
        return f"Nghị quyết số {short_name(self.object)}. Báo cáo được soạn sẵn từ số liệu, kèm biểu chỉ tiêu, biểu nhiệm vụ, danh mục văn bản."

    def get_initial(self):
        return {"day": today()}

    def act(self, resolution, **answers):
        return draft_review(resolution, by=self.request.user, **answers)


class EvaluationDetail(PortalDetail):
    """One frozen evaluation: headline, groups, targets, duties, who made it, by which rules."""

    model = Evaluation
    access = "nghiquyet.see_evaluation"
    template_name = "nghiquyet/evaluation_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("resolution__organisation", "resolution__document", "by", "paper").defer("resolution__document__content")  # fmt: skip

    def get_title(self):
        return f"{self.object.get_sort_display()}, tính đến {vn_date(self.object.day)}"

    def get_sub(self):
        return f"Nghị quyết số {self.object.snapshot['resolution']['paper']}: {self.object.snapshot['resolution']['title']}"

    def get_crumbs(self):
        resolution = self.object.resolution
        return [
            LIST,
            (short_name(resolution), living_url(resolution)),
            ("Đánh giá", f"/nghi-quyet/{resolution.pk}/danh-gia/"),
        ]

    def get_context_data(self, **context):
        frozen = self.object.snapshot
        paper = OutgoingPaper.objects.visible_to(self.request.user).filter(pk=self.object.paper_id).first()
        if paper is not None and verdict("nghiquyet.see_outgoing", self.request.user, paper) is not True:
            paper = None
        # What was frozen is read by all it binds; a duty opens to those who may see it.
        opens = set(Duty.objects.visible_to(self.request.user).filter(resolution=self.object.resolution_id).values_list("pk", flat=True))  # fmt: skip
        return super().get_context_data(
            rows=decorated(frozen["targets"]), counts=frozen["headline"], words=headline_words(frozen["headline"]), cells=frozen["cells"],
            duties=frozen["duties"], study=frozen["study"], papers=frozen["papers"], rules=frozen["rules"], units=len(frozen["organisations"]),
            paper=paper, opens=opens, **context,
        )  # fmt: skip


class TablesExport(OfLiving, FoundMixin, AccessMixin, View):
    """Biểu chỉ tiêu and biểu nhiệm vụ of today as one workbook."""

    access = "nghiquyet.see_living"

    def get(self, request, pk):
        self.object = resolution = self.get_object()
        day = today()
        targets, duties = target_rows(resolution, request.user, day, "year"), duty_rows(resolution, request.user, day)
        content = tables_xlsx(paper_name(resolution), targets, duties, day, resolution.is_synthetic)
        record("tables.exported", resolution, by=request.user, targets=len(targets), duties=len(duties))
        return HttpResponse(content, content_type=XLSX, headers={
            "Content-Disposition": attachment(f"bieu-theo-doi-{resolution.pk}.xlsx"), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
        })  # fmt: skip


class ResolutionChain(OfLiving, PortalDetail):
    """From the congress target down to the minutes of the meeting, and back up."""

    access = "nghiquyet.see_living"
    template_name = "nghiquyet/resolution_chain.html"
    title = "Chuỗi thực hiện"

    def get_title(self):
        return "Chuỗi thực hiện"

    def get_sub(self):
        return f"Nghị quyết số {short_name(self.object)}: {self.object.title}"

    def get_queryset(self):
        return super().get_queryset().select_related("meeting", "workshop")

    def get_context_data(self, **context):
        return super().get_context_data(chain=chain_of(self.object, self.request.user), **context)


class TargetLinks(OfTarget, PortalEdit):
    access = "nghiquyet.keep_target"
    form_class = LinksForm
    title = "Gắn với chỉ tiêu cấp trên, nghị quyết phục vụ"
    verb = "Ghi"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "target": self.object}

    def get_initial(self):
        return {
            "serves": self.object.serves_id,
            "resolutions": list(self.object.supports.values_list("resolution_id", flat=True)),
        }

    def act(self, target, serves, resolutions):
        link_target(target, by=self.request.user, serves=serves, resolutions=resolutions)
