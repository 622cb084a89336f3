"""Study of a resolution and how units make it their own."""

from django.core.paginator import Paginator

from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalPage
from nghiquyet.access.bodies import drafting_bodies, paper_bodies
from nghiquyet.choices import Depth
from nghiquyet.figures.living import resolutions_in_force
from nghiquyet.figures.studies import (
    points_of,
    studied,
    study_sums,
    taken_rows,
    taken_sums,
    templates_on,
    units_studied,
    units_taken,
)
from nghiquyet.forms.progress import EndItemForm, GuidanceForm, PlanForm, SessionForm, TakenForm, TemplateForm
from nghiquyet.models import StudyPlan, TemplateItem
from nghiquyet.services import studies as work
from nghiquyet.services.guidance import write_guidance
from nghiquyet.views.living import LIST, OfLiving

TEMPLATES = ("Mẫu cụ thể hóa", "/nghi-quyet/mau-cu-the-hoa/")


class StudyCoverage(OfLiving, PortalDetail):
    """Who has studied, when, how many came: every unit of the level, those without a session too."""

    access = "nghiquyet.see_living"
    template_name = "nghiquyet/study_coverage.html"

    def get_title(self):
        return "Học tập, quán triệt"

    def get_sub(self):
        return self.object.title

    def get_context_data(self, **context):
        asked, user, day = self.request.GET, self.request.user, today()
        level = "base" if asked.get("cap") == "co-so" else "cell"
        depth = Depth.SPREAD if asked.get("muc") == "pho-bien" else Depth.STUDY
        only = asked.get("xem") if asked.get("xem") in ("co", "chua") else ""
        sums = study_sums(user, self.object, day, depth, level)
        pages = Paginator(units_studied(user, self.object, day, depth, level, only), 50)
        page = pages.get_page(asked.get("page"))
        plans = StudyPlan.objects.visible_to(user).filter(resolution=self.object)
        return super().get_context_data(
            **sums, missing=sums["total"] - sums["held"], only=only, page_obj=page, rows=studied(user, self.object, depth, page.object_list),
            plans=plans, level=level, depth=depth, may_record=verdict("nghiquyet.record_study", user) is True, **context,
        )  # fmt: skip


class StudyPlanSet(OfLiving, PortalEdit):
    access = "nghiquyet.assign"
    form_class = PlanForm
    title = "Kế hoạch học tập"
    verb = "Đặt kế hoạch"

    def act(self, resolution, **answers):
        return work.plan_study(by=self.request.user, resolution=resolution, **answers)


def own_bodies(user, resolution):
    """The user's own bodies that the resolution binds."""
    return drafting_bodies(user).filter(path__startswith=resolution.path)


class StudyRecord(OfLiving, PortalEdit):
    access = "nghiquyet.record_study"
    form_class = SessionForm
    title = "Ghi buổi học tập"
    verb = "Ghi buổi học tập"

    def get_sub(self):
        return self.object.title

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "bodies": own_bodies(self.request.user, self.object)}  # fmt: skip

    def get_initial(self):
        return {"held_on": today(), "essays_due": 0, "essays_in": 0}

    def act(self, resolution, **answers):
        return work.record_session(
            by=self.request.user, resolution=resolution, is_synthetic=resolution.is_synthetic, **answers
        )


class TakenTable(OfLiving, PortalDetail):
    """Units × points of the resolution: done, not applicable, missing."""

    access = "nghiquyet.see_living"
    template_name = "nghiquyet/taken_table.html"

    def get_title(self):
        return "Cụ thể hóa"

    def get_sub(self):
        return self.object.title

    def get_context_data(self, **context):
        user, day, only = self.request.user, today(), self.request.GET.get("xem")
        only = only if only in ("du", "thieu") else ""
        points = points_of(user, self.object)
        page = Paginator(units_taken(user, self.object, day, points, only), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            points=points, sums=taken_sums(user, self.object, day, points), only=only, page_obj=page,
            rows=taken_rows(user, self.object, points, page.object_list), may_record=verdict("nghiquyet.record_study", user) is True, **context,
        )  # fmt: skip


class TakenRecord(OfLiving, PortalEdit):
    access = "nghiquyet.record_study"
    form_class = TakenForm
    template_name = "nghiquyet/taken_form.html"
    title = "Ghi việc cụ thể hóa"
    verb = "Ghi"

    def get_sub(self):
        return self.object.title

    @property
    def points(self):
        return points_of(self.request.user, self.object)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(), "bodies": own_bodies(self.request.user, self.object),
            "points": [(key, words) for key, words, _ in self.points],
        }  # fmt: skip

    def get_context_data(self, **context):
        types = set(own_bodies(self.request.user, self.object).values_list("cell_type", flat=True))
        groups = templates_on(today())
        mine = [group for group in groups if group[0].pk in types]  # a cell's secretary reads the items of his own kind
        return super().get_context_data(templates=mine or groups, **context)

    def act(self, resolution, point, **answers):
        row = next(row for key, _, row in self.points if key == point)
        name = "target" if point.startswith("t") else "duty"
        work.take_point(by=self.request.user, resolution=resolution, is_synthetic=resolution.is_synthetic, **{name: row}, **answers)  # fmt: skip

    def get_success_url(self):
        return f"/nghi-quyet/{self.object.pk}/cu-the-hoa/"


class TemplateList(PortalPage):
    access = "nghiquyet.see_duties"
    template_name = "nghiquyet/template_list.html"
    title = "Mẫu cụ thể hóa theo loại hình chi bộ"
    sub = "Mỗi loại hình ghi những mục này vào kế hoạch của mình. Ban Tổ chức sửa."

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        return super().get_context_data(groups=templates_on(today()), **context)


class GuidanceWrite(PortalCreate):
    """From the table of a type of cell to a draft of its guidance."""

    access = "nghiquyet.write_paper"
    form_class = GuidanceForm
    title = "Soạn hướng dẫn theo loại hình"
    verb = "Soạn hướng dẫn"

    def get_crumbs(self):
        return [LIST, TEMPLATES]

    def get_form_kwargs(self):
        user = self.request.user
        return {**super().get_form_kwargs(), "bodies": paper_bodies(user).exclude(kind__is_cell=True), "resolutions": resolutions_in_force(user)}  # fmt: skip

    def act(self, **answers):
        return write_guidance(by=self.request.user, **answers)

    def get_success_url(self):
        return f"{self.done.get_absolute_url()}sua/"


class TemplateAdd(PortalCreate):
    access = "nghiquyet.edit_templates"
    form_class = TemplateForm
    title = "Thêm mục của mẫu"
    verb = "Thêm mục"

    def get_crumbs(self):
        return [LIST, TEMPLATES]

    def get_initial(self):
        return {"valid_from": today(), "order": 1}

    def act(self, **answers):
        return work.add_template_item(by=self.request.user, **answers)


class TemplateEnd(PortalAction):
    model = TemplateItem
    access = "nghiquyet.edit_templates"
    form_class = EndItemForm
    title = "Thôi dùng mục này"
    verb = "Thôi dùng"
    consequence = "Mục vẫn còn cho các ngày trước đó."

    def get_queryset(self):
        return TemplateItem.objects.all()

    def get_sub(self):
        return self.object.text

    def get_crumbs(self):
        return [LIST, TEMPLATES]

    def get_initial(self):
        return {"valid_to": today()}

    def act(self, item, valid_to):
        return work.end_template_item(item, by=self.request.user, valid_to=valid_to)
