"""Yearly rating: open, the cell's votes, the superior's decision."""

from collections import Counter

from django import forms
from django.utils.html import format_html

from chibo.choices import RatedBody, RatingLevel, RatingState, Role
from chibo.forms.rearranging import OrganisationChoice
from chibo.models import Organisation
from chibo.services import ratings as service
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class YearForm(PortalForm):
    organisation = OrganisationChoice(Organisation.objects.none(), label="Tổ chức", empty_label=None)
    subject = forms.ChoiceField(label="Xếp loại", choices=RatedBody, initial=RatedBody.ORGANISATION, widget=forms.RadioSelect, help_text="Tổ chức đảng: với chi bộ thì gồm cả từng đảng viên.")  # fmt: skip
    year = forms.IntegerField(label="Năm", min_value=2018, max_value=2100)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        scope, rows = scope_of(user), Organisation.objects.visible_to(user).filter(kind__is_body=False)
        cells = rows.filter(scope.covers_as("path", Role.CELL_SECRETARY), kind__is_cell=True)
        above = rows.filter(scope.covers_as("path", Role.COMMITTEE_SECRETARY), kind__is_cell=False)
        self.fields["organisation"].queryset = (cells | above).valid_on(today()).select_related("parent").order_by("path")  # fmt: skip
        self.fields["year"].initial = today().year


class RowsForm(PortalForm):
    """Base: `rows()` gives (rating, its bound fields), for a table of one line a member."""

    prefixes: tuple = ()
    heads: tuple = ()

    def head_fields(self):
        """The fields about the organisation itself, above the lines."""
        return [self[name] for name in self.heads if name in self.fields]

    def rows(self):
        for one in self.ratings:
            yield one, [self[f"{prefix}_{one.pk}"] for prefix in self.prefixes]


def named(short: str, member) -> str:
    """A short label on the page; with the name for who hears it."""
    return format_html('{}<span class="visually-hidden"> của đồng chí {}</span>', short, member)


def about(field, what: str, member, **more):
    """The field, whose sentences name the member: the list of errors on top has many."""
    field.error_messages |= {"required": f"Chưa ghi {what} của đồng chí {member}.", **more}
    return field


def points_field(label: str, most: int, value, whose="") -> forms.DecimalField:
    field = forms.DecimalField(label=label, help_text=f"Từ 0 đến {most}, một chữ số sau dấu phẩy.", min_value=0, max_value=most, max_digits=4, decimal_places=1, initial=value, localize=True)  # fmt: skip
    said = f"Điểm phần này{whose} từ 0 đến {most}, nhiều nhất một chữ số sau dấu phẩy, ví dụ 27,5."
    field.error_messages |= dict.fromkeys(("max_value", "min_value", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"), said)  # fmt: skip
    return field


class VoteForm(RowsForm):
    """What was voted: the level and votes most got are written once, a line says only what is its own."""

    voted_on = DateField(label="Bỏ phiếu ngày", initial=today)
    base = forms.IntegerField(label="Số có quyền biểu quyết", min_value=1, max_value=999, help_text="Chi bộ: đảng viên chính thức. Cấp ủy: số cấp ủy viên đương nhiệm.")  # fmt: skip
    self_level = forms.ChoiceField(label="Tự nhận mức", choices=[("", "Chọn mức"), *RatingLevel.choices])
    self_votes = forms.IntegerField(label="Số phiếu mức tự nhận", min_value=0, max_value=999, required=False)
    most_level = forms.ChoiceField(label="Mức của đa số đảng viên", choices=[("", "Không ghi chung"), *RatingLevel.choices], required=False)  # fmt: skip
    most_votes = forms.IntegerField(label="Số phiếu của đa số", min_value=0, max_value=999, required=False, help_text="Đồng chí nào để trống ở danh sách dưới thì ghi mức, số phiếu này.")  # fmt: skip
    heads = ("voted_on", "base", "self_level", "self_votes", "common_self", "task_self", "most_level", "most_votes")

    def __init__(self, *args, session, ratings, points, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.ratings = session, [one for one in ratings if not one.not_rated]
        self.prefixes = ("level", "votes", "common", "task") if points else ("level", "votes")
        self.fields["self_votes"].required = not self.ratings
        known = Counter(one.level for one in self.ratings if one.level)
        most = known.most_common(1)[0][0] if known else ""
        self.fields["most_level"].initial = most
        if not self.ratings:
            del self.fields["most_level"], self.fields["most_votes"]
        if points:
            self.fields["common_self"] = points_field("Tự chấm: tiêu chí chung", points[0], session.common_points)
            self.fields["task_self"] = points_field("Tự chấm: kết quả nhiệm vụ", points[1], session.task_points)
        for one in self.ratings:
            who = one.member
            level = forms.ChoiceField(label=named("Mức", who), choices=[("", "Như đa số"), *RatingLevel.choices], initial="" if one.level == most else one.level, required=False)  # fmt: skip
            self.fields[f"level_{one.pk}"] = about(level, "mức", who)
            votes = forms.IntegerField(
                label=named("Số phiếu", who), min_value=0, max_value=999, initial=one.votes, required=False
            )
            self.fields[f"votes_{one.pk}"] = about(votes, "số phiếu", who, **dict.fromkeys(("invalid", "min_value", "max_value"), f"Số phiếu của đồng chí {who}: ghi bằng chữ số, ví dụ 12."))  # fmt: skip
            if points:
                self.fields[f"common_{one.pk}"] = about(points_field(named("Điểm tiêu chí chung", who), points[0], one.common_points, f" của đồng chí {who}"), "điểm tiêu chí chung", who)  # fmt: skip
                self.fields[f"task_{one.pk}"] = about(points_field(named("Điểm kết quả nhiệm vụ", who), points[1], one.task_points, f" của đồng chí {who}"), "điểm kết quả nhiệm vụ", who)  # fmt: skip

    def clean(self):
        given = self.cleaned_data.get
        lines = {one: tuple(given(f"{name}_{one.pk}") for name in ("level", "votes", "common", "task")) for one in self.ratings}  # fmt: skip
        lines = {one: (self.told(one, "level", line[0]), self.told(one, "votes", line[1]), *line[2:]) for one, line in lines.items()}  # fmt: skip
        own = {"self_level": given("self_level"), "self_votes": given("self_votes"), "self_points": (given("common_self"), given("task_self"))}  # fmt: skip
        answers = {"voted_on": given("voted_on"), "base": given("base"), **own, "rows": {one.member_id: (level or "", *rest) for one, (level, *rest) in lines.items()}}  # fmt: skip
        base = answers["base"]
        if base and answers["voted_on"]:
            self.judge(service.check_day_and_base, answers["voted_on"], base)
        if base and "base" not in self.errors:  # what was voted is judged by a right number only
            if not any(name in self.errors for name in self.heads):
                self.judge(service.check_own, bool(self.ratings), base, *own.values())
            if given("most_votes") is not None:
                self.judge(service.check_most, base, given("most_votes"))
            for one, line in lines.items():
                if "most_votes" in self.errors and given(f"votes_{one.pk}") is None:
                    continue
                if not any(f"{name}_{one.pk}" in self.errors for name in self.prefixes):
                    self.judge(service.check_line, one, base, *line)
        return answers

    def told(self, one, name: str, own):
        """What a line says itself, or what was written for most; neither: refused at the line."""
        field, shared = f"{name}_{one.pk}", self.cleaned_data.get(f"most_{name}")
        if own not in (None, "") or field in self.errors:
            return own
        if shared in (None, "") and f"most_{name}" not in self.errors:
            self.add_error(field, self.fields[field].error_messages["required"])
        return shared

    def groups(self):
        """(rating, bound fields by name, whether the level of the line stands open): open where it is the member's own."""
        for one, fields in self.rows():
            level, votes, *points = fields
            yield one, level, votes, points, bool(level.value() or level.errors)

    def judge(self, check, *answers):
        """Say what a rule of the service refuses at its field, so that every line is put right in one go."""
        try:
            check(self.session, *answers)
        except RuleBroken as broken:
            self.add_rule_broken(broken)


class AppraiseForm(PortalForm):
    appraised_on = DateField(label="Thẩm định ngày", initial=today)
    appraisal = LineField(label="Ý kiến thẩm định", max_length=500, help_text="Hồ sơ đủ, đúng chưa; mức nào cần xem lại; tỷ lệ xuất sắc.")  # fmt: skip


class DecideForm(RowsForm):
    """Confirms what was proposed: the list of each proposed level, a line opened only where the decision differs."""

    level = forms.ChoiceField(label="Mức của tổ chức", choices=RatingLevel)
    is_outstanding = forms.BooleanField(label="Tiêu biểu", required=False, help_text="Chỉ đánh dấu khi tổ chức Hoàn thành xuất sắc nhiệm vụ và được chọn tiêu biểu để khen thưởng (06-HD/TW 19.1).")  # fmt: skip
    decision = LineField(label="Quyết định số, ngày", max_length=200)
    prefixes, heads = ("final",), ("level", "is_outstanding", "decision")

    def __init__(self, *args, session, ratings, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session
        if not session.rates_organisation:
            del self.fields["is_outstanding"]
        self.ratings = [one for one in ratings if not one.not_rated]
        for one in self.ratings:
            final = forms.ChoiceField(label=named("Mức công nhận", one.member), choices=RatingLevel, initial=one.final or one.level)  # fmt: skip
            self.fields[f"final_{one.pk}"] = about(final, "mức công nhận", one.member)

    def groups(self):
        """(level proposed, [(rating, its bound field, whether the line stands open)]): open where it differs or is wrong."""
        lines = [(one, self[f"final_{one.pk}"]) for one in self.ratings]
        for code, label in [*RatingLevel.choices, ("", "Chưa bỏ phiếu")]:
            if of_one := [(one, field, bool(field.errors) or field.value() != one.level) for one, field in lines if one.level == code]:  # fmt: skip
                yield label, of_one

    def clean(self):
        answers = self.cleaned_data
        finals = {one.member_id: answers.get(f"final_{one.pk}", "") for one in self.ratings}
        is_outstanding = answers.get("is_outstanding", False)
        if is_outstanding and answers.get("level"):
            try:
                service.check_outstanding(self.session, answers["level"])
            except RuleBroken as broken:
                self.add_rule_broken(broken)
        return {"level": answers.get("level"), "decision": answers.get("decision"), "finals": finals, "is_outstanding": is_outstanding}  # fmt: skip


class ReopenForm(PortalForm):
    because = LineField(label="Mở lại vì", max_length=300)


class RatingFilter(FilterForm):
    year = forms.IntegerField(label="Năm", min_value=2018, max_value=2100)
    name = LineField(label="Tên tổ chức")
    subject = forms.ChoiceField(label="Xếp loại", choices=[("", "Cả hai"), *RatedBody.choices])
    state = forms.ChoiceField(label="Bước", choices=[("", "Mọi bước"), *RatingState.choices])

    def apply(self, rows, **answers):
        if "year" in answers:
            rows = rows.filter(year=answers["year"])
        if "subject" in answers:
            rows = rows.filter(subject=answers["subject"])
        if "name" in answers:
            rows = rows.filter(organisation__name__icontains=answers["name"])
        return rows.filter(state=answers["state"]) if "state" in answers else rows
