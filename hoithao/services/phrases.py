"""The library of phrases, filled with this meeting's names and numbers."""

import re

from django.db import transaction

from hoithao.models import Phrase
from hoithao.rules import count_roll, percent
from hoithao.services.attendance import line_of, roll_of
from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_text

# What staff may write in braces, and what it becomes.
WORDS = {
    "chủ trì": "tên người chủ trì", "thư ký": "tên người ghi biên bản", "chi bộ": "tên chi bộ", "tháng": "tháng … năm …",
    "có mặt": "số có mặt", "phải điểm danh": "số phải điểm danh", "tỷ lệ dự họp": "tỷ lệ có mặt",
    "số ý kiến": "số ý kiến đã ghi", "số người phát biểu": "số đồng chí đã phát biểu",
}  # fmt: skip
FIELDS = {
    "fee_note": "Tình hình nộp đảng phí", "presented": "Nội dung trình bày", "summed_up": "Chủ trì tóm lại",
    "text": "Ý kiến, việc giao", "conclusion": "Kết luận",
}  # fmt: skip
_BRACES = re.compile(r"\{([^{}]*)\}")


def values_of(meeting) -> dict[str, str]:
    """What the words in braces are for this meeting now; unknown is "…"."""
    figures = count_roll(line_of(row) for row in roll_of(meeting)) if meeting.roll_taken_at else None
    speakers = list(meeting.contributions.values_list("member_id", flat=True))
    return {
        "chủ trì": meeting.chair_label or "…",
        "thư ký": meeting.secretary_label or "…",
        "chi bộ": meeting.organisation.name,
        "tháng": meeting.period,
        "có mặt": str(figures.present) if figures else "…",
        "phải điểm danh": str(figures.base) if figures else "…",
        "tỷ lệ dự họp": percent(figures.present, figures.base) if figures else "…",
        "số ý kiến": str(len(speakers)),
        "số người phát biểu": str(len({pk for pk in speakers if pk})),
    }


def fill(text: str, values: dict[str, str]) -> str:
    """The phrase with its braces filled; a word nobody knows stays as it is, so that it is seen."""
    return _BRACES.sub(lambda found: values.get(found[1].strip().casefold(), found[0]), text)


def phrases_for(meeting, fields) -> dict[str, list[str]]:
    """{field: its phrases, filled} for the fields of a page; one look at the roll only where a phrase is there."""
    rows = list(Phrase.objects.filter(field__in=fields, is_active=True))
    values = values_of(meeting) if rows else {}
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.field, []).append(fill(row.text, values))
    return found


@transaction.atomic
def save_phrase(phrase: Phrase | None, *, by, field, text, order=0, is_active=True) -> Phrase:
    """Add or change a phrase; raises RuleBroken at a word in braces that does not exist."""
    text = clean_text(text)
    if field not in FIELDS:
        raise RuleBroken("Chọn ô của câu mẫu.", field="field")
    if not text:
        raise RuleBroken("Ghi câu mẫu.", field="text")
    if wrong := [word for word in _BRACES.findall(text) if word.strip().casefold() not in WORDS]:
        raise RuleBroken(
            f"Không có từ {{{wrong[0]}}}. Dùng được: {', '.join('{' + word + '}' for word in WORDS)}.", field="text"
        )
    phrase = phrase or Phrase()
    phrase.field, phrase.text, phrase.order, phrase.is_active = field, text[:500], order, is_active
    phrase.save()
    record("phrase.saved", phrase, by=by)
    return phrase
