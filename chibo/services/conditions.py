"""What the person must bring before the cell votes: introducers, schooling (members.md 5.2). What is not written down yet is asked
for; what is written and against the rule stops the vote."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from chibo.choices import LeastSchooling, Standing
from chibo.models import Candidate, Member
from chibo.rulebooks import rulebook_on
from chibo.rules import blocked_until, months_after
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

KNOWN_MONTHS = 12  # 294-QĐ/TW 3.1
_BY = "294-QĐ/TW 3.1–3.2"
OK, ASK, STOP = "ok", "soon", "late"  # names of the states a page shows


@dataclass(frozen=True)
class Check:
    """One condition on a day: `state` met, to be asked, or against the rule; `why`: its source."""

    state: str
    text: str
    why: str


def checks_of(candidate, day: dt.date) -> list[Check]:
    """Introducers and schooling as they stand on a day, each with its rule."""
    found = []
    pairs = [(candidate.introducer, candidate.introducer_since), (candidate.second_introducer, candidate.second_since)]
    named = [(one, since) for one, since in pairs if one is not None]
    for one, since in named:
        found.append(_introducer(candidate, one, since, day))
        if any(row.decided_on <= day < blocked_until(row.penalty, row.decided_on) for row in one.disciplines.all()):
            found.append(Check(ASK, f"Đồng chí {one} mới bị kỷ luật: cân nhắc chọn người giới thiệu khác", "Chưa xác nhận: chưa thấy quy định cấm"))  # fmt: skip
    if len(named) == 2 or named and candidate.union_resolution:
        second = "" if len(named) == 2 else f" và nghị quyết đoàn thể ({candidate.union_resolution})"
        found.insert(0, Check(OK, f"Đủ người giới thiệu: {len(named)} đảng viên{second}", _BY))
    elif named or candidate.union_resolution:
        found.insert(0, Check(STOP, "Thiếu người giới thiệu: cần hai đảng viên, hoặc một đảng viên và nghị quyết của Đoàn, công đoàn", _BY))  # fmt: skip
    else:
        found.insert(0, Check(ASK, "Chưa ghi người giới thiệu: hai đảng viên, hoặc một đảng viên và nghị quyết của Đoàn, công đoàn", _BY))  # fmt: skip
    return [*found, _schooling(candidate, day)]


def _introducer(candidate, one, since, day) -> Check:
    if one.standing_on(day) != Standing.OFFICIAL:
        return Check(STOP, f"Đồng chí {one} không phải đảng viên chính thức đang sinh hoạt: chọn người khác", _BY)
    if one.organisation_id != candidate.organisation_id:
        return Check(ASK, f"Đồng chí {one} nay ở chi bộ khác: người giới thiệu cùng đơn vị ít nhất 12 tháng", _BY)
    if since is None:
        return Check(ASK, f"Đồng chí {one}: chưa ghi cùng công tác, học tập, cư trú từ ngày nào", _BY)
    if since > months_after(day, -KNOWN_MONTHS):
        return Check(STOP, f"Đồng chí {one} cùng đơn vị từ {vn_date(since)}, chưa đủ 12 tháng", _BY)
    return Check(OK, f"Đồng chí {one}: đảng viên chính thức, cùng đơn vị từ {vn_date(since)}", _BY)


def _schooling(candidate, day) -> Check:
    """A diploma of trung học cơ sở; since 26/7/2026 the completed programme suffices (208-QĐ/TW)."""
    book = rulebook_on(day)
    by = "294-QĐ/TW 1.2; 06-HD/TW 1.2"
    if candidate.schooling == LeastSchooling.PROGRAMME:
        if book["programme_suffices"]:
            return Check(OK, "Trình độ: hoàn thành chương trình trung học cơ sở", book.source)
        return Check(STOP, f"Hoàn thành chương trình mà chưa tốt nghiệp trung học cơ sở: quy định ngày {vn_date(day)} đòi bằng tốt nghiệp", by)  # fmt: skip
    if candidate.schooling == LeastSchooling.SECONDARY:
        return Check(OK, "Trình độ: trung học cơ sở trở lên", by)
    if candidate.schooling == LeastSchooling.PRIMARY:
        return Check(ASK, "Trình độ tiểu học: chỉ ở miền núi, biên giới, hải đảo, vùng đặc biệt khó khăn, người dân tộc thiểu số, ngư dân", by)  # fmt: skip
    if candidate.schooling == LeastSchooling.LITERATE:
        if candidate.consent:
            return Check(OK, f"Biết đọc, biết viết; đã có văn bản đồng ý ({candidate.consent})", by)
        return Check(
            STOP, "Chỉ biết đọc, biết viết: phải có văn bản đồng ý trước của ban thường vụ cấp có thẩm quyền", by
        )
    least = "hoàn thành chương trình" if book["programme_suffices"] else "tốt nghiệp"
    return Check(ASK, f"Chưa ghi trình độ học vấn: ít nhất {least} trung học cơ sở", book.source if book["programme_suffices"] else by)  # fmt: skip


def check_conditions(candidate, on: dt.date) -> None:
    """Raise RuleBroken at the first condition that is against the rule on the day the cell votes."""
    for one in checks_of(candidate, on):
        if one.state == STOP:
            raise RuleBroken(f"{one.text} ({one.why}). Sửa ở mục Điều kiện của người xin vào Đảng rồi làm lại.", field="on")  # fmt: skip


@transaction.atomic
def set_conditions(
    candidate, *, by, schooling="", introducer: Member | None = None, introducer_since=None,
    second_introducer: Member | None = None, second_since=None, union_resolution="", verifies_abroad=False,
) -> Candidate:  # fmt: skip
    """Write down who introduces the person, the schooling, and whether relatives are verified abroad."""
    if introducer and introducer == second_introducer:
        raise RuleBroken("Hai người giới thiệu là hai đồng chí khác nhau.", field="second_introducer")
    for name, one in (("introducer", introducer), ("second_introducer", second_introducer)):
        if one and (one.organisation_id != candidate.organisation_id or one.standing_on(latest_day()) != Standing.OFFICIAL):  # fmt: skip
            raise RuleBroken("Người giới thiệu là đảng viên chính thức đang sinh hoạt ở chi bộ này.", field=name)
    for name, one, day in (("introducer_since", introducer, introducer_since), ("second_since", second_introducer, second_since)):  # fmt: skip
        if day and day > latest_day():
            raise RuleBroken("Ngày này chưa đến. Kiểm tra lại năm.", field=name)
        if day and one is None:
            raise RuleBroken("Ghi ngày thì chọn cả đồng chí giới thiệu.", field=name)
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    candidate.schooling, candidate.union_resolution = schooling, clean_line(union_resolution)
    candidate.introducer, candidate.introducer_since = introducer, introducer_since
    candidate.second_introducer, candidate.second_since = second_introducer, second_since
    candidate.verifies_abroad = verifies_abroad
    candidate.save()
    record("candidate.conditions_set", candidate, by=by)
    return candidate
