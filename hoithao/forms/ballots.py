"""Votes and secret ballots: what is decided, who is not counted in it, and the count."""

from django import forms
from django.db.models import Q

from chibo.choices import Standing
from chibo.models import Member
from hoithao.choices import Mark, Threshold
from hoithao.models import DecisionKind
from kyanh_portal.base.vietnamese import fold
from kyanh_portal.ui.forms import LineField, PortalForm, TextField


class PeopleField(forms.ModelMultipleChoiceField):
    """Members of the roll of one meeting, ticked by name."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(Member.objects.none(), required=False, **kwargs)


def about_words(decision, member) -> str:
    """The matter of a vote about a probationary member, as the minutes say it."""
    if decision is not None and decision.code == "XOA_TEN":
        return f"Đề nghị xóa tên đảng viên dự bị {member.full_name}"
    return f"Đề nghị công nhận đồng chí {member.full_name} là đảng viên chính thức"


class ItemForm(PortalForm):
    """What every decision has: its kind, and who is not counted in it."""

    about = forms.ModelChoiceField(
        Member.objects.none(), label="Về đồng chí dự bị", required=False, empty_label="Không phải việc này",
        help_text="Chọn khi công nhận chính thức hoặc xóa tên: khóa biên bản thì trang của đồng chí tự có kết quả.",
    )  # fmt: skip
    conflicted = PeopleField(label="Việc liên quan trực tiếp, không biểu quyết")
    left_early = PeopleField(label="Đã về trước khi biểu quyết")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        here = Member.objects.filter(attendances__meeting=meeting, attendances__mark=Mark.PRESENT).in_order()
        for name in ("conflicted", "left_early"):
            self.fields[name].queryset = here
        self.kinds = DecisionKind.objects.on(meeting.held_on)
        waiting = Q(official_on=None) | Q(
            standing_periods__standing=Standing.PROBATIONARY, standing_periods__ends_on=None
        )
        people = Member.objects.filter(waiting, attendances__meeting=meeting, left_on=None).distinct().in_order()
        self.fields["about"].queryset = people
        if not people.exists():  # nobody is on probation: nothing to choose
            del self.fields["about"]

    def clean(self):
        answers = super().clean()
        about, decision, subject = answers.get("about"), answers.get("decision"), answers.get("subject", "")
        if decision and decision.code == "CONG_NHAN" and "about" in self.fields and about is None:
            self.add_error("about", "Chọn đồng chí được biểu quyết công nhận chính thức.")
        if about and fold(about.full_name) not in fold(subject):
            if subject and subject != self.initial.get("subject"):
                self.add_error("subject", f"Ghi rõ cả họ tên: {about_words(decision, about)}.")
            else:
                answers["subject"] = about_words(decision, about)
        for name in ("conflicted", "left_early"):
            answers[name] = [member.pk for member in answers.get(name) or []]
        return answers


class VoteForm(ItemForm):
    """Three numbers by show of hands."""

    subject = LineField(label="Nội dung biểu quyết", max_length=500)
    decision = forms.ModelChoiceField(DecisionKind.objects.none(), label="Loại việc", required=False, empty_label=None)
    threshold = forms.ChoiceField(label="Cần đạt", choices=Threshold, required=False)
    in_favour = forms.IntegerField(label="Tán thành", min_value=0, max_value=100_000)
    against = forms.IntegerField(label="Không tán thành", min_value=0, max_value=100_000, initial=0)
    blank = forms.IntegerField(label="Không biểu quyết", min_value=0, max_value=100_000, initial=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = self.kinds.filter(is_election=False)
        self.fields["decision"].label = "Loại việc"

    def clean(self):
        answers = super().clean()
        answers["threshold"] = answers.get("threshold") or Threshold.MAJORITY
        return answers


class BallotForm(ItemForm):
    """Prepare a secret ballot."""

    decision = forms.ModelChoiceField(DecisionKind.objects.none(), label="Loại việc", empty_label=None)
    subject = LineField(label="Nội dung bỏ phiếu", max_length=300, help_text="Ví dụ: Bầu chi ủy nhiệm kỳ 2025–2027.")
    lines = TextField(
        label="Danh sách trên phiếu", required=False, rows=5,
        help_text="Mỗi dòng một người, hoặc một việc. Để trống thì phiếu hỏi chính nội dung trên.",
    )  # fmt: skip
    seats = forms.IntegerField(label="Bầu cử: số lượng được bầu", required=False, min_value=1, max_value=99)
    least = forms.IntegerField(label="Bầu cử: mỗi phiếu bầu ít nhất", required=False, min_value=1, max_value=99)
    most = forms.IntegerField(label="Bầu cử: mỗi phiếu bầu nhiều nhất", required=False, min_value=1, max_value=99)
    field_order = ["decision", "subject", "about", "lines", "seats", "least", "most", "conflicted", "left_early"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = self.kinds
        if not self.fields["conflicted"].queryset.exists():  # nobody is marked present yet: no names to choose from
            del self.fields["conflicted"], self.fields["left_early"]


class CountForm(PortalForm):
    """The count of one ballot; the numbers of its lines stand beside them."""

    tellers = LineField(label="Ban kiểm phiếu", max_length=300, help_text="Họ tên, cách nhau bằng dấu phẩy.")
    issued = forms.IntegerField(label="Phiếu phát ra", min_value=0, max_value=100_000)
    returned = forms.IntegerField(label="Phiếu thu về", min_value=0, max_value=100_000)
    invalid = forms.IntegerField(label="Phiếu không hợp lệ", min_value=0, max_value=100_000, initial=0)

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = []
        words = ["Số phiếu"] if ballot.decision.is_election else ["Tán thành", "Không tán thành", "Để trống"]
        for number, line in enumerate(ballot.lines.all(), start=1):
            names = [f"{stem}_{number}" for stem in ("yes", "no", "none")[: len(words)]]
            for name, word, stored in zip(names, words, (line.in_favour, line.against, line.blank), strict=False):
                self.fields[name] = forms.IntegerField(
                    label=f"{number}. {line.text}: {word.lower()}", min_value=0, max_value=100_000,
                    initial=stored if ballot.is_counted else None,
                )  # fmt: skip
            self.places.append(names)

    def clean(self):
        answers = super().clean()
        answers["counts"] = [
            tuple([answers.get(name) or 0 for name in names] + [0] * (3 - len(names))) for names in self.places
        ]
        return {name: answers.get(name) for name in ("tellers", "issued", "returned", "invalid", "counts")}
