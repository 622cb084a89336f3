"""Kiểm điểm, xếp loại hằng năm."""

from collections import Counter, defaultdict

from django.db.models import F, Sum

from chibo.access import may_fill_review, may_judge_review
from chibo.choices import RatingLevel
from chibo.fieldclasses import sees
from chibo.forms import ratings as forms
from chibo.models import RatingTally, ReviewYear
from chibo.services import ratings
from chibo.views.organisations import KeysFirst
from kyanh_portal.base.calendar import latest_day
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList

LIST = ("Xếp loại", "/to-chuc/xep-loai/")


class ReviewYearList(PortalList):
    model = ReviewYear
    access = "chibo.see_reviews"
    template_name = "chibo/growth/year_list.html"
    filter_class = forms.RatingFilter
    paginator_class = KeysFirst
    title = "Kiểm điểm, xếp loại hằng năm"

    def get_rows(self):
        rows = (
            super().get_rows().select_related("organisation__parent", "organisation__kind", "organisation__cell_type")
        )
        return rows.order_by("-year", "organisation__sort_key", "pk")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        shown = self.filter.narrow(self.get_rows()) if self.filter else self.get_rows()
        years = sorted({one.year for one in context["object_list"]}, reverse=True)[:1]
        levels = Counter()
        if years:
            of_year = RatingTally.objects.filter(session__in=shown.filter(year=years[0]).order_by().values("pk"))
            levels.update(dict(of_year.exclude(level="").order_by().values_list("level").annotate(Sum("number"))))
        _count(context["object_list"])
        spread = [(name, levels[code]) for code, name in RatingLevel.choices]
        cap = ratings.cap_for(context["object_list"][0].path, years[0], levels) if years else None
        bodies = ratings.caps_of_bodies(shown.filter(year=years[0])) if years else []
        return {
            **context,
            "bodies": bodies,
            "outstanding": ratings.outstanding_in(shown, years[0], context["object_list"][0].path) if bodies else None,
            "spread": spread,
            "number": levels.total(),
            "year": years[0] if years else None,
            "cap": cap,
        }


def _count(sessions) -> None:
    """How many of each review are rated, and how many as excellent."""
    counts = defaultdict(dict)
    for session, level, number in RatingTally.objects.filter(session__in=list(sessions)).values_list("session", "level", "number"):  # fmt: skip
        counts[session][level] = number
    for one in sessions:
        of_one = counts[one.pk]
        one.rated, one.excellent = sum(of_one.values()), of_one.get(RatingLevel.EXCELLENT, 0)


class ReviewYearCreate(PortalCreate):
    access = "chibo.see_reviews"
    form_class = forms.YearForm
    title = "Mở kiểm điểm, xếp loại năm"
    verb = "Mở"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, organisation, subject, year):
        return ratings.open_year(organisation, year, subject=subject, by=self.request.user)


class OfYear:
    model = ReviewYear

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind")

    def get_crumbs(self):
        return [LIST]


def ratings_of(session):
    return list(session.ratings.select_related("member"))


def by_level(rows) -> list[tuple[str, list]]:
    """Members under the level they have, best first, those with none and those not rated last: one line each."""
    names = [*RatingLevel.choices, ("", "Chưa bỏ phiếu"), (None, "Không xếp loại")]
    found = {code: [one for one in rows if (None if one.not_rated else one.final or one.level) == code] for code, _ in names}  # fmt: skip
    return [(name, found[code]) for code, name in names if found[code]]


class ReviewYearDetail(OfYear, PortalDetail):
    access = "chibo.see_reviews"
    template_name = "chibo/growth/year.html"

    def get_title(self):
        return f"Xếp loại năm {self.object.year}" if self.object.rates_organisation else f"Xếp loại tập thể cấp ủy năm {self.object.year}"  # fmt: skip

    def get_sub(self):
        return self.object.organisation.name

    def get_context_data(self, **context):
        session, user = self.object, self.request.user
        rows = ratings_of(session)
        rated = [one for one in rows if not one.not_rated]
        levels = [one.final or one.level for one in rated]
        book = ratings.book_of(session)
        return super().get_context_data(
            rows=rows, groups=by_level(rows), sees_people=sees(user, "chibo.Rating", "final", session.path), rated=len(rated), spread=[(name, levels.count(code)) for code, name in RatingLevel.choices],
            cap=ratings.cap_for(session.path, session.year, levels), book=book,
            may_fill=may_fill_review(user, session) is True, may_judge=may_judge_review(user, session) is True, **context,
        )  # fmt: skip


class OnYear(OfYear, PortalEdit):
    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class YearVote(OnYear):
    access = "chibo.fill_review"
    form_class = forms.VoteForm
    template_name = "chibo/growth/rows_form.html"
    title = "Ghi kết quả bỏ phiếu xếp loại"
    sub = "Mỗi mức cần quá nửa số có quyền biểu quyết tán thành."

    def get_form_kwargs(self):
        book = ratings.book_of(self.object)
        return {**super().get_form_kwargs(), "session": self.object, "ratings": ratings_of(self.object), "points": book["points"]}  # fmt: skip

    def get_initial(self):
        session = self.object
        known = {name: getattr(session, name) for name in ("voted_on", "base", "self_level", "self_votes") if getattr(session, name)}  # fmt: skip
        if "base" not in known and (number := ratings.base_on(session, latest_day())):
            known["base"] = number
        return known

    def act(self, session, **answers):
        ratings.vote(session, by=self.request.user, **answers)
        return "Đã ghi. Cấp trên thẩm định, quyết định."


class YearAppraise(OnYear):
    access = "chibo.judge_review"
    form_class = forms.AppraiseForm
    title = "Thẩm định kết quả xếp loại"
    verb = "Ghi thẩm định"

    def get_sub(self):
        return self.object.organisation.name

    def act(self, session, **answers):
        ratings.appraise(session, by=self.request.user, **answers)
        return "Đã ghi thẩm định. Bước sau: quyết định."


class YearDecide(OnYear):
    """The proposal confirmed; only a level that is decided otherwise is touched."""

    access = "chibo.judge_review"
    form_class = forms.DecideForm
    template_name = "chibo/growth/decide_form.html"
    title = "Quyết định xếp loại"
    verb = "Quyết định"

    def get_sub(self):
        return self.object.organisation.name

    def get_context_data(self, **context):
        context, session = super().get_context_data(**context), self.object
        levels = [one.level for one in context["form"].ratings]
        return {**context, "cap": ratings.cap_for(session.path, session.year, levels)}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "session": self.object, "ratings": ratings_of(self.object)}

    def get_initial(self):
        return {
            "level": self.object.level or self.object.self_level,
            "decision": self.object.decision,
            "is_outstanding": self.object.is_outstanding,
        }

    def act(self, session, **answers):
        session = ratings.decide(session, by=self.request.user, **answers)
        changed = session.ratings.filter(not_rated="").exclude(final=F("level")).count()
        return f"Đã quyết định; {changed} đồng chí được công nhận mức khác đề nghị." if changed else "Đã quyết định."


class YearLock(OnYear, PortalAction):
    access = "chibo.judge_review"
    title = "Khóa xếp loại năm này?"
    verb = "Khóa"
    consequence = "Khóa rồi chỉ cấp quyết định mở lại, có lý do."

    def act(self, session):
        ratings.lock(session, by=self.request.user)
        return "Đã khóa."


class YearReopen(OnYear):
    access = "chibo.judge_review"
    form_class = forms.ReopenForm
    title = "Mở lại xếp loại"
    verb = "Mở lại"

    def act(self, session, because):
        ratings.reopen(session, because, by=self.request.user)
        return "Đã mở lại."
