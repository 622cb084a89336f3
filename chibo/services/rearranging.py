"""Guided acts on organisations, each on an effective date and a decision, in one transaction (members.md 3.5).

`plan` says beforehand what will move; the acts leave every answer about an earlier day as it was.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from chibo.choices import Arranged
from chibo.models import Delegation, Lineage, Member, Organisation, Position, RoleGrant, Term
from chibo.rulebooks import rulebook_on
from chibo.rules import months_after
from chibo.services.act_order import check_can_receive, check_in_order, who_signs
from chibo.services.days import check_day
from chibo.services.faces import ONE_DAY, face_from, move_branch, move_members, settle, taken_names
from chibo.services.handover import all_told
from chibo.services.holidays import working_days
from chibo.services.organisations import establish_organisation
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, fold


@dataclass
class Plan:
    """What an act will do, line by line, and what to think of before."""

    lines: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Changes with what would move: an act follows only the plan that was seen."""
        return hashlib.sha256("\n".join([*self.lines, *self.warnings]).encode()).hexdigest()[:16]


def plan(kind, organisation, day: dt.date, *, heir=None, name="", others=(), members=(), children=(), unit_kind=None, cell_type=None) -> Plan:  # fmt: skip
    """What `kind` on this organisation from `day` would move. Writes nothing."""
    check_day(day, "effective_on", ahead=24)
    check_in_order(kind, organisation, day)
    for one in others:
        check_in_order(kind, one, day)
    if heir is not None:
        check_can_receive(organisation, heir, day)
    found = Plan()
    say, warn = found.lines.append, found.warnings.append
    say(f"Có hiệu lực từ {vn_date(day)}. Đến hết {vn_date(day - ONE_DAY)} mọi thứ giữ như cũ.")
    if kind == Arranged.RENAMED:
        say(f"“{organisation.name}” đổi tên thành “{name}”. Văn bản đã khóa giữ tên cũ.")
    elif kind == Arranged.RETYPED:
        say(f"{organisation.name}: {_retold(organisation, unit_kind, cell_type)}.")
        say("Số liệu các tháng trước vẫn tính theo loại, loại hình cũ; tháng có ngày hiệu lực tính theo loại hình mới.")
    elif kind == Arranged.MOVED:
        below = Organisation.objects.below_on(organisation.path_on(day), day).count() - 1
        say(f"{organisation.name} về trực thuộc {heir.name}" + (f", cùng {below} đơn vị trực thuộc." if below else "."))
        say(
            "Đảng viên, cuộc họp, việc đang làm, dự thảo đi cùng đơn vị; số liệu trước ngày ấy vẫn tính cho cấp trên cũ."
        )
        if fold(organisation.name) in taken_names(heir, day):
            warn(f"{heir.name} đã có đơn vị cùng tên. Đơn vị chuyển đến sẽ mang thêm tên nơi cũ; đổi tên sau nếu cần.")
    elif kind == Arranged.SPLIT:
        say(f"Lập “{name}” trong cùng cấp trên. {organisation.name} tiếp tục hoạt động.")
        say(f"{len(members)} đảng viên và {len(children)} đơn vị trực thuộc sang tổ chức mới.")
        say(f"Cuộc họp chưa khóa, việc đang làm, dự thảo, kiến nghị ở lại {organisation.name}.")
        if organisation.kind.is_cell:
            _enough(found, members, day, name)
            left = Member.objects.placed_on(day).filter(organisation=organisation).exclude(pk__in=[m.pk for m in members])  # fmt: skip
            _enough(found, list(left), day, organisation.name)
    else:
        if heir is not None and kind == Arranged.MERGED and heir.parent_id != organisation.parent_id:
            warn(f"{organisation.name} và {heir.name} khác cấp trên: cấp trên chung quyết định, hai bên bàn giao, tiếp nhận (06-HD/TW 10.5b).")  # fmt: skip
        target = heir.name if heir else f"“{name}” (lập mới)" if name else ""
        for one in [organisation, *others]:
            _leaving(found, one, day, target)
    if heir is not None and kind != Arranged.RENAMED:
        say(f"Bàn giao: {who_signs(organisation, heir, day)}.")
    if kind in Arranged.ends():
        book, days = rulebook_on(day), working_days()
        say(
            f"Bàn giao xong trước hết {vn_date(days.after(day, book['handover_wd']))} ({book['handover_wd']} ngày làm việc);"
            f" nộp con dấu (nếu có), hồ sơ trước hết {vn_date(days.after(day, book['seal_return_wd']))} ({book['seal_return_wd']} ngày làm việc). {book.source}."
        )
    if day < months_after(today(), -12):
        warn(
            "Ngày hiệu lực đã qua hơn một năm: mọi danh sách, số liệu từ ngày ấy tính lại. Kiểm tra lại năm trước khi thực hiện."
        )
    if day > today():
        warn("Ngày hiệu lực chưa đến: trang và quyền đổi vào ngày ấy; xem trước bằng “Xem tại ngày”.")
    return found


def _leaving(found: Plan, organisation, day, target: str) -> None:
    say = found.lines.append
    if target:
        say(f"{organisation.name} thôi hoạt động hết {vn_date(day - ONE_DAY)}, về {target}.")
    else:
        say(f"{organisation.name} kết thúc hoạt động hết {vn_date(day - ONE_DAY)}.")
    people = Member.objects.placed_on(day).filter(organisation=organisation).count()
    children = Organisation.objects.under_on(organisation, day).count()
    if people:
        say(f"{people} đảng viên chuyển tập thể; ngày vào Đảng, tuổi đảng, chức vụ ở cấp khác không đổi.")
    if children:
        say(f"{children} đơn vị trực thuộc " + (f"chuyển về {target}." if target else "chưa có nơi chuyển về."))
    for line in all_told(organisation):
        (say if target else found.warnings.append)(line if target else f"Không có nơi tiếp nhận: {line} Giao lại trước ngày ấy.")  # fmt: skip
    posts = Position.objects.filter(organisation=organisation).on(day).count()
    if posts:
        say(
            f"{posts} chức vụ và các vai trò tại {organisation.label} thôi từ ngày ấy; cấp ủy mới do cấp trên chỉ định."
        )


def _enough(found: Plan, members, day, name) -> None:
    book = rulebook_on(day)
    official = sum(1 for member in members if member.official_on and member.official_on <= day)
    if official < book["least_official"]:
        found.warnings.append(
            f"{name} chỉ có {official} đảng viên chính thức, cần ít nhất {book['least_official']} ({book.source})."
        )


def _noted(kind, organisation, day, decision, *, by, heir=None, told="") -> Lineage:
    decision = clean_line(decision)
    if not decision:
        raise RuleBroken("Ghi số, ngày của quyết định.", field="decision")
    if kind != Arranged.ESTABLISHED:
        check_in_order(kind, organisation, day)
    line = Lineage.objects.create(
        organisation=organisation, heir=heir, kind=kind, effective_on=day, decision=decision, told=told[:400], by=by,
        is_synthetic=organisation.is_synthetic,
    )  # fmt: skip
    record("organisation.arranged", organisation, by=by, kind=kind, effective_on=str(day), heir=heir.pk if heir else None)  # fmt: skip
    return line


@transaction.atomic
def rename(organisation, name: str, effective_on: dt.date, decision: str, *, by, **more) -> Lineage:
    """Another name from a day on; `more` may give short_name, header_name, header_superior, place_name."""
    organisation = _locked(organisation)
    name = clean_line(name)
    if not name or name == organisation.name:
        raise RuleBroken("Ghi tên mới, khác tên đang dùng.", field="name")
    more = {k: v for k, v in more.items() if v}
    line = _noted(Arranged.RENAMED, organisation, effective_on, decision, by=by, told=f"{organisation.name} → {name}")
    face_from(organisation, effective_on, name=name, **more)
    settle(today(), [organisation.pk])
    return line


def _retold(organisation, unit_kind, cell_type) -> str:
    changed = [(organisation.kind, unit_kind), (organisation.cell_type, cell_type)]
    return "; ".join(f"{old or 'chưa ghi'} → {new}" for old, new in changed if new and new != old)


@transaction.atomic
def retype(organisation, effective_on: dt.date, decision: str, *, by, unit_kind=None, cell_type=None) -> Lineage:
    """Another kind or type of cell from a day on; earlier months keep counting under the type they had."""
    organisation = _locked(organisation)
    told = _retold(organisation, unit_kind, cell_type)
    if not told:
        raise RuleBroken("Chọn loại hoặc loại hình mới, khác với đang ghi.", field="cell_type")
    if unit_kind and unit_kind.is_cell != organisation.kind.is_cell:
        raise RuleBroken("Chi bộ chỉ đổi sang loại chi bộ, đảng bộ sang loại đảng bộ. Việc khác: lập tổ chức mới rồi chuyển đảng viên.", field="unit_kind")  # fmt: skip
    changed = {"kind_id": unit_kind and unit_kind.pk, "cell_type_id": cell_type and cell_type.pk}
    line = _noted(Arranged.RETYPED, organisation, effective_on, decision, by=by, told=told)
    face_from(organisation, effective_on, **{name: pk for name, pk in changed.items() if pk})
    settle(today(), [organisation.pk])
    return line


@transaction.atomic
def note_earlier_name(organisation, name: str, until: dt.date, decision: str, *, by, **more) -> Lineage:
    """Write down after the event what the organisation was called up to a day; `more` as in `rename`."""
    organisation = _locked(organisation)
    line = _noted(
        Arranged.RENAMED, organisation, until + ONE_DAY, decision, by=by, told=f"{name} → {organisation.name}"
    )
    first = face_from(organisation, until + ONE_DAY)
    earlier = organisation.faces.exclude(pk=first.pk).get(ends_on=until)
    for key, value in {"name": clean_line(name), **more}.items():
        setattr(earlier, key, value)
    earlier.save()
    organisation.former_names = "; ".join(n for n in (organisation.former_names, earlier.name) if n)[:300]
    organisation.save()
    settle(today(), [organisation.pk])
    return line


@transaction.atomic
def move(organisation, heir, effective_on: dt.date, decision: str, *, by) -> Lineage:
    """Under another superior from a day on, with everything below."""
    organisation = _locked(organisation)
    if heir.kind.is_cell:
        raise RuleBroken("Chi bộ không có tổ chức trực thuộc. Chọn đảng bộ cấp trên.", field="heir")
    check_can_receive(organisation, heir, effective_on)
    if heir.pk == organisation.parent_id and not organisation.faces.filter(starts_on__gt=today()).exists():
        raise RuleBroken(f"{organisation.label} đang trực thuộc {heir.name} rồi.", field="heir")
    line = _noted(Arranged.MOVED, organisation, effective_on, decision, by=by, told=f"về {heir.name}")
    touched = _move(organisation, heir, effective_on, organisation.parent)
    line.heir = heir
    line.save(update_fields=["heir"])
    settle(today(), touched)
    return line


def _move(organisation, heir, day, old_parent) -> list[int]:
    changed = (
        {"header_superior": heir.header_name.replace("ĐẢNG UỶ", "ĐẢNG BỘ", 1)} if organisation.kind.is_cell else {}
    )
    if fold(organisation.name) in taken_names(heir, day) and old_parent:
        changed["name"] = f"{organisation.name} {old_parent.label}"[:200]
    return move_branch(organisation, day, heir, **changed)


@transaction.atomic
def merge(organisation, heir, effective_on: dt.date, decision: str, *, by, kind=Arranged.MERGED, told="") -> Lineage:
    """The organisation ends; its members or its units, open meetings and drafts go to the heir (sáp nhập, hợp nhất)."""
    organisation, heir = _locked(organisation), _locked(heir)
    if organisation.pk == heir.pk:
        raise RuleBroken("Chọn một tổ chức khác để tiếp nhận.", field="heir")
    if organisation.kind.is_cell != heir.kind.is_cell:
        raise RuleBroken("Chi bộ nhập vào chi bộ, đảng bộ nhập vào đảng bộ.", field="heir")
    check_can_receive(organisation, heir, effective_on)
    line = _noted(kind, organisation, effective_on, decision, by=by, heir=heir, told=f"về {heir.name}{told and f'; {told}'}")  # fmt: skip
    touched = []
    move_members(organisation, heir, effective_on, decision)
    for child in Organisation.objects.under_on(organisation, effective_on).select_related("kind"):
        if child.kind.is_body:  # a committee's own bodies end with it
            _close(child, effective_on, decision, by=by)
        else:
            touched += _move(child, heir, effective_on, organisation)
    _end(organisation, effective_on)
    settle(today(), touched)
    return line


@transaction.atomic
def unite(organisation, others, name: str, effective_on: dt.date, decision: str, *, by) -> Organisation:
    """Two or more become a new one (hợp nhất): the superior stays, each of them ends."""
    if not others:
        raise RuleBroken("Chọn ít nhất một tổ chức nữa để hợp nhất.", field="others")
    new = _established(organisation, name, effective_on, decision, by=by)
    for one in [organisation, *others]:
        merge(one, new, effective_on, decision, by=by, kind=Arranged.UNITED)
    return new


@transaction.atomic
def split(
    organisation, name: str, effective_on: dt.date, decision: str, *, by, members=(), children=()
) -> Organisation:
    """A new organisation beside the old one takes these members or units; the old one goes on (chia tách)."""
    organisation = _locked(organisation)
    if not members and not children:
        raise RuleBroken("Chọn đảng viên hoặc đơn vị sang tổ chức mới.", field="members" if organisation.kind.is_cell else "children")  # fmt: skip
    new = _established(organisation, name, effective_on, decision, by=by, kind=Arranged.SPLIT)
    move_members(organisation, new, effective_on, decision, members)
    touched = []
    for child in children:
        touched += _move(child, new, effective_on, organisation)
    settle(today(), touched)
    return new


@transaction.atomic
def dissolve(organisation, effective_on: dt.date, decision: str, *, by, heir=None) -> Lineage:
    """The organisation ends without a successor; its members and open matters go to `heir` (giải thể)."""
    organisation = _locked(organisation)
    people = Member.objects.placed_on(effective_on).filter(organisation=organisation).exists()
    units = [one for one in Organisation.objects.under_on(organisation, effective_on).select_related("kind") if not one.kind.is_body]  # fmt: skip
    if heir is None and (people or units):
        raise RuleBroken("Còn đảng viên hoặc đơn vị trực thuộc. Chọn nơi tiếp nhận.", field="heir")
    if heir is not None:
        return merge(organisation, heir, effective_on, decision, by=by, kind=Arranged.DISSOLVED)
    if still_open := all_told(organisation):
        raise RuleBroken(
            f"Chưa có nơi tiếp nhận mà còn việc mở: {' '.join(still_open)} Chọn nơi tiếp nhận, hoặc thôi từng việc, có lý do, rồi giải thể.",
            field="heir",
        )
    line = _noted(Arranged.DISSOLVED, organisation, effective_on, decision, by=by)
    _end(organisation, effective_on)
    settle(today(), [])
    return line


@transaction.atomic
def end(organisation, effective_on: dt.date, decision: str, *, by) -> Lineage:
    """A level or body ends (kết thúc hoạt động): everything below must have left it by that day."""
    organisation = _locked(organisation)
    below = [one for one in Organisation.objects.under_on(organisation, effective_on).select_related("kind") if not one.kind.is_body]  # fmt: skip
    if below:
        raise RuleBroken(f"Còn {len(below)} đơn vị trực thuộc vào ngày này, trước hết là {below[0].name}. Chuyển chúng đi đã.", field="effective_on")  # fmt: skip
    line = _close(organisation, effective_on, decision, by=by)
    for body in Organisation.objects.under_on(organisation, effective_on):
        _close(body, effective_on, decision, by=by)
    settle(today(), [])
    return line


def _close(organisation, day, decision, *, by) -> Lineage:
    line = _noted(Arranged.ENDED, organisation, day, decision, by=by)
    _end(organisation, day)
    return line


def _end(organisation, day) -> None:
    """The last day of the organisation, its terms, posts, roles and delegations."""
    last = day - ONE_DAY
    organisation.valid_to = last
    organisation.save(update_fields=["valid_to", "updated_at"])
    for model in (Position, Delegation, RoleGrant):
        model.objects.filter(organisation=organisation, ends_on=None, starts_on__lte=last).update(ends_on=last)
    Term.objects.filter(organisation=organisation, ends_on=None, starts_on__lt=last).update(ends_on=last)


def _established(organisation, name, day, decision, *, by, kind=Arranged.ESTABLISHED) -> Organisation:
    """A new organisation like this one, under the same superior, from a day on."""
    name = clean_line(name)
    if not name:
        raise RuleBroken("Ghi tên tổ chức mới.", field="name")
    word = "CHI BỘ" if organisation.kind.is_cell else "ĐẢNG UỶ"
    new = establish_organisation(
        by=by, kind=organisation.kind, name=name, parent=organisation.parent, cell_type=organisation.cell_type,
        header_superior=organisation.header_superior, place_name=organisation.place_name, valid_from=day,
        header_name=f"{word} {name.removeprefix('Chi bộ ').removeprefix('Đảng bộ ').upper()}", is_synthetic=organisation.is_synthetic,
    )  # fmt: skip
    Lineage.objects.create(
        organisation=new, heir=None, kind=Arranged.ESTABLISHED, effective_on=day, decision=clean_line(decision), by=by,
        told=f"từ {organisation.name}" if kind == Arranged.SPLIT else "", is_synthetic=new.is_synthetic,
    )  # fmt: skip
    if kind == Arranged.SPLIT:
        _noted(kind, organisation, day, decision, by=by, heir=new, told=f"tách {name}")
    elif not clean_line(decision):
        raise RuleBroken("Ghi số, ngày của quyết định.", field="decision")
    return new


def _locked(organisation) -> Organisation:
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("kind", "cell_type", "parent")
    return rows.get(pk=organisation.pk)
