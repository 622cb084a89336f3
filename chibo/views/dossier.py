"""The paper file as a checklist: the members of a branch, one member, and the page that ticks it."""

from django.urls import reverse

from chibo.access.dossier import may_check_dossier
from chibo.dossier_choices import PaperState
from chibo.dossier_rules import catalogue_on
from chibo.forms.dossier import DossierFilter, DossierForm
from chibo.forms.narrowing import members_seen
from chibo.models import Member
from chibo.services.dossier import check_papers, file_of, files_of
from chibo.views.as_of import AsOfMixin
from chibo.views.members import LIST
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.ui.views import PortalDetail, PortalEdit, PortalList

TONES = {PaperState.PRESENT: "ok", PaperState.SCANNED: "ok", PaperState.MISSING: "late", PaperState.NOT_NEEDED: "none"}


class DossierList(AsOfMixin, PortalList):
    """Members with how many of the papers wanted were found, as of a day."""

    model = Member
    access = "chibo.see_dossiers"
    template_name = "chibo/dossier/list.html"
    filter_class = DossierFilter
    title = "Kiểm đếm hồ sơ đảng viên"
    sub = "Giấy nào có, giấy nào thiếu, giấy nào đã số hóa. Cổng không giữ bản quét."

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def get_rows(self):
        """Whose file the user may read: a plain member among them does not bring the own line in."""
        user = self.request.user
        return members_seen(user, self.day).filter(scope_of(user).covers_as("organisation__path", *_readers()))

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        rows = list(context["object_list"])
        files = files_of(rows, self.day)
        for one in rows:
            one.file = files[one.pk]
        return {**context, "object_list": rows, "book": catalogue_on(self.day)}


def _readers():
    from chibo.fieldclasses import class_of

    return class_of("chibo.DossierPaper", "state").seen_by


class OfDossier:
    model = Member

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "organisation__parent")


class DossierDetail(AsOfMixin, OfDossier, PortalDetail):
    access = "chibo.see_dossier"
    template_name = "chibo/dossier/detail.html"

    def get_title(self):
        return f"Hồ sơ giấy: {self.object.full_name}"

    def get_sub(self):
        return self.object.organisation.name

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep), (self.object.full_name, self.object.get_absolute_url() + self.keep)]

    def get_context_data(self, **context):
        file = file_of(self.object, self.day)
        for line in file.lines:
            line.found and setattr(line.found, "tone", TONES[line.found.state])
        others = [one for one in file.lines if not one.why and one.found]
        rest = [one for one in file.lines if not one.why and not one.found]
        return super().get_context_data(
            file=file, wanted=[one for one in file.lines if one.why], others=others, rest=rest, book=catalogue_on(self.day),
            may_check=self.is_now and may_check_dossier(self.request.user, self.object) is True, **context,
        )  # fmt: skip


class DossierCheck(OfDossier, PortalEdit):
    """Mark how each paper was found; what is not touched keeps its mark."""

    access = "chibo.check_dossier"
    form_class = DossierForm
    template_name = "chibo/dossier/check.html"
    title = "Kiểm đếm hồ sơ giấy"
    verb = "Ghi kiểm đếm"

    def get_sub(self):
        return f"{self.object.full_name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [LIST, (self.object.full_name, self.object.get_absolute_url()), ("Hồ sơ giấy", self.get_success_url())]

    def get_success_url(self):
        return reverse("chibo:dossier", args=[self.object.pk])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "file": file_of(self.object, today())}

    def get_context_data(self, **context):
        return super().get_context_data(book=catalogue_on(today()), **context)

    def act(self, member, on, whole, states):
        written = check_papers(member, on, states, by=self.request.user, whole=whole)
        return f"Đã ghi {written} giấy tờ." if written else "Không giấy tờ nào đổi so với lần kiểm trước."
