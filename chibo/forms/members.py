"""Enter and correct members, and their standing."""

from django import forms
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, OuterRef, Q

from chibo.choices import SPECIAL_STANDINGS, Role, Sex
from chibo.forms.partial import HELP, PartialDateField, apart
from chibo.models import Organisation, StandingPeriod
from chibo.profile_choices import ETHNIC_GROUPS, Degree, Occupation, Religion, Schooling, Theory
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import today
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.search.query import word_query
from kyanh_portal.ui.filters import FilterForm
from kyanh_portal.ui.forms import DateField, LineField, PortalForm


class MemberFilter(FilterForm):
    name = LineField(label="Họ tên")
    cell = LineField(label="Chi bộ")
    standing = forms.ChoiceField(
        label="Tư cách",
        choices=[
            ("", "Mọi tư cách"),
            ("official", "Chính thức"),
            ("probationary", "Dự bị"),
            ("special", "Miễn, tạm thời"),
        ],
    )

    ngay = DateField(label="Xem tại ngày")

    def apply(self, rows, **answers):
        day = answers.get("ngay", today())
        if query := word_query(
            answers.get("name", "")
        ):  # each word as the start of a word of the name: an index answers
            rows = rows.alias(words=SearchVector("search_key", config="simple")).filter(words=query)
        if "cell" in answers:
            cell = Q(organisation__search_key__contains=fold(answers["cell"]))
            rows = rows.filter(cell) if day == today() else rows.placed_on(day, cell)
        kind = answers.get("standing")
        if kind == "official":
            rows = rows.filter(official_on__lte=day)
        elif kind == "probationary":
            rows = rows.filter(Q(official_on__isnull=True) | Q(official_on__gt=day))
        elif kind == "special":
            rows = rows.filter(Exists(StandingPeriod.objects.on(day).filter(member=OuterRef("pk"))))
        return rows


class MemberForm(PortalForm):
    full_name = LineField(label="Họ và tên", max_length=120)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex)
    born_on = PartialDateField(label="Ngày sinh", required=False)
    decided_on = DateField(label="Ngày quyết định kết nạp", required=False, help_text="Tính tuổi đảng từ ngày này.")
    admitted_on = PartialDateField(label="Ngày kết nạp", help_text=f"Ngày lễ kết nạp. {HELP}")
    official_on = PartialDateField(label="Ngày chính thức", required=False, help_text="Để trống khi còn dự bị.")
    joined_on = DateField(label="Về chi bộ từ")
    left_on = DateField(label="Rời chi bộ từ", required=False)
    file_number = LineField(label="Số lý lịch", max_length=9, required=False, help_text="Ví dụ: 000001HT")
    card_issued_on = DateField(label="Ngày phát thẻ đảng viên", required=False)
    card_place = LineField(
        label="Nơi cấp thẻ", max_length=200, required=False, help_text="Cấp ủy ghi trên thẻ. Ví dụ: Tỉnh ủy Hà Tĩnh"
    )

    def clean(self):
        return apart(super().clean(), "born", "admitted", "official")


class ProfileForm(PortalForm):
    """All of it may stay empty; what is not asked here is not kept (members.md 4.1)."""

    other_name = LineField(label="Tên gọi khác", max_length=120, required=False)
    home = LineField(
        label="Quê quán", max_length=200, required=False, help_text="Chỉ ghi xã, tỉnh. Ví dụ: xã Kỳ Lợi, tỉnh Hà Tĩnh"
    )
    lives_in = LineField(
        label="Nơi cư trú",
        max_length=200,
        required=False,
        help_text="Chỉ ghi thôn hoặc tổ dân phố, xã, phường; không ghi số nhà.",
    )
    ethnicity = forms.ChoiceField(
        label="Dân tộc", choices=[("", "Chưa ghi"), *((one, one) for one in ETHNIC_GROUPS)], required=False
    )
    religion = forms.ChoiceField(label="Tôn giáo", choices=[("", "Chưa ghi"), *Religion.choices], required=False)
    occupation = forms.ChoiceField(
        label="Nghề nghiệp hiện nay", choices=[("", "Chưa ghi"), *Occupation.choices], required=False
    )
    schooling = forms.ChoiceField(
        label="Giáo dục phổ thông", choices=[("", "Chưa ghi"), *Schooling.choices], required=False
    )
    degree = forms.ChoiceField(label="Trình độ chuyên môn", choices=[("", "Chưa ghi"), *Degree.choices], required=False)
    theory = forms.ChoiceField(label="Lý luận chính trị", choices=[("", "Chưa ghi"), *Theory.choices], required=False)


class NewMemberForm(MemberForm):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Chi bộ", empty_label=None)
    field_order = ["organisation"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        own = scope_of(user).covers_as("path", Role.CELL_SECRETARY, Role.ORGANISING)
        cells = Organisation.objects.visible_to(user).filter(own).cells()
        self.fields["organisation"].queryset = cells.valid_on(today()).in_order()


class StandingForm(PortalForm):
    standing = forms.ChoiceField(label="Tư cách", choices=[(s.value, s.label) for s in SPECIAL_STANDINGS])
    starts_on = DateField(label="Từ ngày", initial=today)
    ends_on = DateField(label="Đến ngày", required=False)
    decision = LineField(label="Theo quyết định, nghị quyết", max_length=200, required=False)
