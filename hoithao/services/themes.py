"""The library of themes, and "Áp dụng cho chi bộ tôi": a lesson or a theme goes into the cell's next meeting."""

from django.db import transaction

from hoithao.choices import LessonStatus, Origin, Status, ThemeState
from hoithao.models import Adoption, Lesson, Meeting, Theme, ThemeVersion
from hoithao.services.carrying import Return, put_on
from hoithao.services.meetings import locked
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text


@transaction.atomic
def draft_theme(
    *, by, organisation, title, purpose="", draft="", agenda="", lead="", cell_types=(), is_synthetic=False
) -> Theme:
    """A new theme, first draft."""
    title = clean_line(title)
    if not title:
        raise RuleBroken("Ghi tên chuyên đề.", field="title")
    theme = Theme.objects.create(
        organisation=organisation, title=title, purpose=clean_text(purpose), draft=clean_text(draft), agenda=clean_text(agenda),
        lead=clean_line(lead)[:200], is_synthetic=is_synthetic,
    )  # fmt: skip
    theme.cell_types.set(cell_types)
    record("theme.drafted", theme, by=by)
    return theme


@transaction.atomic
def redraft_theme(theme: Theme, *, by, cell_types=(), **texts) -> Theme:
    """The next draft; the one before is kept. An approved theme is not rewritten: retire it and draft another."""
    theme = Theme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=theme.pk)
    if theme.state != ThemeState.DRAFT:
        raise RuleBroken("Chuyên đề đã duyệt không sửa nữa. Lập chuyên đề mới, cho thôi dùng bản cũ.")
    if clean_text(texts.get("draft", theme.draft)) != theme.draft:
        ThemeVersion.objects.create(theme=theme, number=theme.version, draft=theme.draft, by=by)
        theme.version += 1
    for name, value in texts.items():
        setattr(theme, name, clean_line(value) if name in ("title", "lead") else clean_text(value))
    if not theme.title:
        raise RuleBroken("Ghi tên chuyên đề.", field="title")
    theme.save()
    theme.cell_types.set(cell_types)
    record("theme.redrafted", theme, by=by, version=theme.version)
    return theme


@transaction.atomic
def approve_theme(theme: Theme, *, by, ground: str, day=None) -> Theme:
    """The committee approves the theme for use; its ground says where."""
    theme = Theme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=theme.pk)
    if theme.state != ThemeState.DRAFT:
        raise RuleBroken("Chuyên đề này đã duyệt hoặc đã thôi dùng.")
    if not theme.draft or not theme.lines:
        raise RuleBroken("Chuyên đề chưa có dự thảo nội dung hoặc chương trình mẫu. Ghi đủ rồi duyệt.")
    ground = clean_line(ground)
    if not ground:
        raise RuleBroken("Ghi căn cứ duyệt: văn bản, hoặc cuộc họp nào.", field="ground")
    theme.state, theme.approved_on, theme.approved_by, theme.ground = (
        ThemeState.APPROVED,
        day or today(),
        by,
        ground[:300],
    )
    theme.save()
    record("theme.approved", theme, by=by, version=theme.version)
    return theme


@transaction.atomic
def retire_theme(theme: Theme, *, by) -> Theme:
    """No longer offered to cells; what was used stays as it was."""
    theme = Theme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=theme.pk)
    if theme.state != ThemeState.APPROVED:
        raise RuleBroken("Chỉ cho thôi dùng chuyên đề đã duyệt.")
    theme.state = ThemeState.RETIRED
    theme.save(update_fields=["state", "updated_at"])
    record("theme.retired", theme, by=by)
    return theme


@transaction.atomic
def apply_to(meeting: Meeting, *, by, lesson: Lesson | None = None, theme: Theme | None = None, day=None) -> Adoption:
    """Put a lesson, or the model agenda of a theme, on the agenda of a planned meeting; asked twice it is there once.

    Of a meeting already locked it is only noted that the cell used it there: the minutes stay as they are.
    """
    meeting = locked(meeting)
    if meeting.status not in (Status.PLANNED, Status.CLOSED):
        raise RuleBroken("Chọn buổi đang chuẩn bị, hoặc buổi đã khóa biên bản.", field="meeting")
    if same := Adoption.objects.filter(meeting=meeting, lesson=lesson, theme=theme).first():
        return same
    returns = _of_lesson(lesson, meeting) if lesson is not None else _of_theme(theme)
    if meeting.status == Status.PLANNED:
        for one in returns:
            put_on(meeting, one, by=by)
    adoption = Adoption.objects.create(
        organisation=meeting.organisation, meeting=meeting, lesson=lesson, theme=theme, day=day or today(), by=by
    )
    record("meeting.adopted", meeting, by=by, lesson=lesson and lesson.pk, theme=theme and theme.pk)
    return adoption


def _of_lesson(lesson, meeting) -> list[Return]:
    source = lesson.meeting.organisation
    if lesson.status == LessonStatus.NOTED and source.pk != meeting.organisation_id:
        raise RuleBroken("Bài học này mới ghi nhận, chưa thống nhất để nơi khác áp dụng.")
    if meeting.held_on < lesson.meeting.held_on:
        raise RuleBroken("Buổi này họp trước khi có bài học. Chọn buổi sau.", field="meeting")
    why = f"Chi bộ áp dụng bài học rút ra tại {source.label} ({lesson.get_status_display().lower()})."
    title = f"Áp dụng bài học của {source.label}: {lesson.worked}"
    return [Return(Origin.LESSON, lesson.pk, title, why, f"Cách làm: {lesson.repeat or lesson.worked}")]


def _of_theme(theme) -> list[Return]:
    """One line of the model agenda each; its number in the theme names it."""
    if theme.state != ThemeState.APPROVED:
        raise RuleBroken("Chuyên đề này chưa duyệt hoặc đã thôi dùng.")
    why = f"Chương trình mẫu của chuyên đề “{theme.title}”."
    return [Return(Origin.THEME, theme.pk * 100 + n, line, why) for n, line in enumerate(theme.lines[:60])]
