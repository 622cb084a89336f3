"""What the head of a paper is written with: room for its summary, grounds from the register by a tick."""

from django import forms

from nghiquyet.models import IncomingPaper

NEWEST = 12


class CitedChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, paper):
        return f"{paper}: {paper.title}"


def two_lines() -> forms.Textarea:
    """Room for a long summary, so that no word of it is hidden on a phone; what is sent is one line all the same."""
    return forms.Textarea(attrs={"rows": 2})


def cites_field() -> CitedChoice:
    return CitedChoice(
        IncomingPaper.objects.none(), label="Thêm căn cứ từ văn bản đến", required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip


class Citing:
    """A form with `bases` and `cites`; call `offer` at the end of `__init__`."""

    def offer(self, paper, user) -> None:
        """The newest received papers of the body that the grounds do not name yet; none, no field."""
        rows = IncomingPaper.objects.visible_to(user).filter(organisation=paper.organisation, is_secret=False)
        known = [row.pk for row in rows[:NEWEST] if str(row) not in paper.bases]
        self.fields["cites"].queryset = rows.filter(pk__in=known)
        if not known:
            del self.fields["cites"]

    def clean(self):
        """Papers chosen from the register become lines of the grounds."""
        answers = super().clean()
        lines = [line for line in answers.get("bases", "").split("\n") if line.strip()]
        answers["bases"] = "\n".join([*lines, *(row.as_basis for row in answers.pop("cites", None) or ())])
        return answers
