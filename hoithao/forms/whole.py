"""Read a whole meeting sent by a device: plain JSON in, answers for the service out, refusals in Vietnamese."""

import datetime as dt
import json
import uuid

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hoithao.choices import Form, Mark, Reason, Sort, Threshold
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text

MOST_ROWS = 500
MOST_LETTERS = 100_000
# name in the post → (words for the user, most letters); texts of several lines are marked True
TEXTS = {
    "place": ("địa điểm", 200, False), "theme": ("chủ đề", 300, False), "fee_note": ("tình hình đảng phí", 300, False),
    "guests": ("đại biểu", MOST_LETTERS, True), "documents_spread": ("văn bản được phổ biến", MOST_LETTERS, True),
    "conclusion": ("kết luận", MOST_LETTERS, True),
}  # fmt: skip


def read_whole(body: bytes) -> dict:
    """Arguments of `record_whole_meeting`, with ids where rows are named; raises RuleBroken.

    Post: key (UUID made by the device), organisation (id), kind (code), starts_at, ended_at (ISO 8601 with zone), place,
    chair, secretary (ids of members), absent {member id: [mark, reason, note]}, contributions [{member | guest, sort,
    text}], votes [{subject, in_favour, against, blank, threshold}], agenda [text], conclusion, read_back (true),
    theme, fee_note, guests, documents_spread, form, is_model.
    """
    try:
        post = json.loads(body)
    except (ValueError, RecursionError):
        post = None
    if not isinstance(post, dict):
        raise RuleBroken("Máy gửi lên không đúng mẫu. Mở lại trang rồi gửi lần nữa; bản trên máy vẫn còn.")
    if post.get("read_back") is not True:
        raise RuleBroken("Chưa đọc lại biên bản. Đọc lại để mọi người nhất trí rồi gửi.", field="read_back")
    starts_at = _moment(post, "starts_at", "Giờ bắt đầu")
    form = post.get("form") or Form.IN_PERSON
    if form not in Form.values:
        raise RuleBroken("Chọn lại hình thức họp.", field="form")
    return {
        "client_key": _key(post.get("key")),
        "organisation": _number(post.get("organisation"), "Chọn đơn vị họp.", "organisation"),
        "kind": clean_line(str(post.get("kind", "")))[:40],
        "starts_at": starts_at,
        "ended_at": _moment(post, "ended_at", "Giờ kết thúc"),
        "month": timezone.localtime(starts_at).date().replace(day=1),
        "form": form,
        "is_model": post.get("is_model") is True,
        "chair": _number(post.get("chair"), "Chọn người chủ trì.", "chair"),
        "secretary": _number(post.get("secretary"), "Chọn người ghi biên bản.", "secretary"),
        "exceptions": _absent(post.get("absent") or {}),
        "contributions": [_said(one) for one in _rows(post, "contributions")],
        "votes": [_vote(one) for one in _rows(post, "votes")],
        "agenda_texts": [_text(one, "nội dung báo cáo") for one in _rows(post, "agenda")],
    } | {
        name: _text(post.get(name) or "", words, most, long) for name, (words, most, long) in TEXTS.items()
    }  # fmt: skip


def _key(value) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        raise RuleBroken("Thiếu mã gửi một lần. Mở lại trang rồi gửi lần nữa.", field="key") from None


def _number(value, sentence, field, least=1, most=2**62) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise RuleBroken(sentence, field=field)
    return value


def _moment(post, name, words) -> dt.datetime:
    try:
        moment = parse_datetime(str(post.get(name, "")))
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise RuleBroken(f"{words} chưa đúng. Ghi lại ngày và giờ.", field=name)
    if not 1945 <= moment.year <= today().year + 2:
        raise RuleBroken(f"{words}: kiểm tra lại năm.", field=name)
    return moment


def _text(value, words, most=MOST_LETTERS, long=True) -> str:
    if not isinstance(value, str):
        raise RuleBroken(f"Ghi lại {words}.")
    refuse_stamp(value)
    value = clean_text(value) if long else clean_line(value)
    if len(value) > most:
        raise RuleBroken(f"Phần {words} dài {len(value)} chữ, nhiều nhất {most}. Cắt bớt rồi gửi lại.")
    return value


def _rows(post, name) -> list:
    rows = post.get(name) or []
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise RuleBroken(f"Nhiều nhất {MOST_ROWS} dòng mỗi phần. Kiểm tra rồi gửi lại.", field=name)
    return rows


def _absent(marks) -> dict:
    """{member id: (mark, reason, note)}"""
    out = {}
    for member, mark in marks.items() if isinstance(marks, dict) else [("", None)]:
        if not member.isdecimal() or len(member) > 18 or not isinstance(mark, list) or not 1 <= len(mark) <= 3:
            raise RuleBroken("Điểm danh chưa đúng. Ghi lại phần vắng.", field="absent")
        mark, reason, note = [*mark, "", ""][:3]
        if mark not in Mark.values or reason not in ("", *Reason.values):
            raise RuleBroken("Điểm danh: chọn Có mặt hoặc Vắng, và lý do vắng.", field="absent")
        out[int(member)] = (mark, reason, _text(note, "lý do vắng", 200, False))
    return out


def _said(one) -> dict:
    if not isinstance(one, dict) or one.get("sort", Sort.OPINION) not in Sort.values:
        raise RuleBroken("Ghi lại phần ý kiến.", field="contributions")
    member = one.get("member")
    if member is not None:
        member = _number(member, "Chọn đồng chí phát biểu.", "contributions")
    return {
        "member": member,
        "guest": _text(one.get("guest") or "", "chức danh đại biểu", 200, False),
        "sort": one.get("sort", Sort.OPINION),
        "text": _text(one.get("text") or "", "nội dung ý kiến"),
    }


def _vote(one) -> dict:
    if not isinstance(one, dict) or one.get("threshold", Threshold.MAJORITY) not in Threshold.values:
        raise RuleBroken("Ghi lại phần biểu quyết.", field="votes")
    numbers = {
        name: _number(one.get(name, 0), "Biểu quyết: ghi số phiếu.", "votes", least=0, most=100_000)
        for name in ("in_favour", "against", "blank")
    }
    subject = _text(one.get("subject") or "", "nội dung biểu quyết", 500, False)
    if not subject:
        raise RuleBroken("Ghi nội dung biểu quyết.", field="votes")
    return {"subject": subject, "threshold": one.get("threshold", Threshold.MAJORITY), **numbers}
