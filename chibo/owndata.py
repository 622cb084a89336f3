"""Everything the portal keeps of one member, field by field as the rule file names it: for who it is about, and for the register."""

import datetime as dt

from chibo.dossier_rules import kinds_on
from chibo.fieldclasses import CLASSES, class_of
from chibo.models import Complaint, Member
from kyanh_portal.base.calendar import today, vn_date

LEVELS = {"B": "Cơ bản", "S": "Nhạy cảm", "M": "Theo chế độ mật của Đảng"}
KEYS = {"sort_key": "khóa xếp theo tên", "search_key": "họ tên không dấu"}  # columns the portal works out itself
# What a person is shown of the own record: model → how its rows are found.
_ROWS = [
    "standing_periods",
    "placements",
    "positions",
    "badges",
    "rewards",
    "recognition_votes",
    "disciplines",
    "exits",
    "gaps",
    "age_decisions",
    "data_requests",
]


def _first_up(label) -> str:
    """A label at the start of a line; “Đảng” inside it keeps its capital."""
    label = str(label)
    return label[:1].upper() + label[1:]


def value_words(row, field) -> str:
    """A value as people read it: labels of choices, Vietnamese dates, as much of a date as is known."""
    value = getattr(row, field.name)
    if value in (None, ""):
        return ""
    if isinstance(words := getattr(row, f"{field.name}_words", None), str):
        return words
    if isinstance(value, dt.datetime):
        return vn_date(value.date())
    if isinstance(value, dt.date):
        known = getattr(row, f"{field.name.removesuffix('_on')}_words", None)
        return known or vn_date(value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return str(value)


def _lines(row) -> list[tuple]:
    label = row._meta.label
    found = []
    for field in row._meta.concrete_fields:
        one = class_of(label, field.name)
        if (
            one is None
            or one.level == "T"
            or field.name in ("sort_key", "search_key", "trace", "sealed", "path", "member", "discipline", "exit")
        ):
            continue
        found.append((_first_up(field.verbose_name), value_words(row, field), LEVELS[one.level], one.purpose, field.name))  # fmt: skip
    return found


def profile_lines(member: Member) -> list[tuple[str, str]]:
    """(label, value) of what is filled in of the profile; nothing where there is none."""
    profile = getattr(member, "profile", None)
    return [(label, value) for label, value, *_ in _lines(profile) if value] if profile else []


def data_of(member: Member) -> list[tuple[str, list[tuple]]]:
    """(section, [(label, value, level, purpose, field name)]) of all that is kept of a member."""
    sections = [("Thông tin chung", _lines(member))]
    if hasattr(member, "identity"):
        sections.append(("Số định danh cá nhân", _lines(member.identity)))
    if hasattr(member, "profile"):
        sections.append(("Thông tin thống kê", _lines(member.profile)))
    if hasattr(member, "old_card"):
        sections.append(("Thẻ đảng viên cũ", _lines(member.old_card)))
    for name in _ROWS:
        manager = getattr(member, name, None)
        for row in manager.all() if manager is not None else ():
            sections.append((_first_up(row._meta.verbose_name), _lines(row)))
    if papers := _papers(member):
        sections.append(("Giấy tờ trong hồ sơ (chỉ có hay thiếu)", papers))
    return sections + [(row.title, _lines(row)) for row in Complaint.objects.of_member(member)]


def _papers(member: Member) -> list[tuple]:
    """One line a paper of the file, as it was found last."""
    one = class_of("chibo.DossierPaper", "state")
    kinds = kinds_on(today())
    return [
        (kinds[row.number].name, f"{row.get_state_display()}, kiểm {vn_date(row.on)}", LEVELS[one.level], one.purpose, "state")
        for row in member.dossier_papers.as_of(today()) if row.number in kinds
    ]  # fmt: skip


def processing_register() -> list[dict]:
    """Purpose by purpose: which fields, how sensitive, who sees them. The page and the print read this."""
    from django.apps import apps

    found: dict[str, dict] = {}
    for label, fields in CLASSES.items():
        model = apps.get_model(label)
        for name, one in fields.items():
            if one.level == "T" or not one.purpose:
                continue
            line = found.setdefault(one.purpose, {"purpose": one.purpose, "by_model": {}, "levels": set(), "seen_by": set(), "out": False})  # fmt: skip
            words = KEYS.get(name) or str(model._meta.get_field(name).verbose_name)
            line["by_model"].setdefault("" if label == "chibo.Member" else f"{model._meta.verbose_name}: ", []).append(words)  # fmt: skip
            line["levels"].add(LEVELS[one.level])
            line["seen_by"] |= {str(getattr(role, "label", "")) or "Người phụ trách trong phạm vi của mình" for role in one.seen_by}  # fmt: skip
            line["out"] |= one.exported
    for line in found.values():
        line["fields"] = [f"{of}{', '.join(words)}" for of, words in line.pop("by_model").items()]
    return [{**line, "levels": sorted(line["levels"]), "seen_by": sorted(line["seen_by"])} for line in found.values()]
