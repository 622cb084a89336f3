"""Evaluate a resolution on a day: freeze what it came to, and draft the sơ kết or tổng kết report from it."""

from django.db import transaction
from django.db.models import Count, Min

from chibo.models import Organisation
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.parameters.parameter import values_on
from nghiquyet.choices import CheckState, ReviewSort, Signing, SigningAs
from nghiquyet.figures.lights import four_cells, standing_of
from nghiquyet.figures.living import PARAMETERS
from nghiquyet.figures.reviews import headline
from nghiquyet.figures.tables import duty_rows, paper_name, target_rows
from nghiquyet.models import (
    Concretisation,
    Duty,
    Evaluation,
    OutgoingPaper,
    Resolution,
    StudySession,
    Supervision,
    TargetSupport,
)
from nghiquyet.models.evaluation import seal_of
from nghiquyet.services.outgoing import write_paper
from nghiquyet.services.review_texts import text_of
from nghiquyet.services.targets import require_issued

TITLES = {
    ReviewSort.YEAR: "sơ kết thực hiện Nghị quyết số {paper}", ReviewSort.MID: "sơ kết giữa kỳ thực hiện Nghị quyết số {paper}",
    ReviewSort.END: "tổng kết thực hiện Nghị quyết số {paper}",
}  # fmt: skip
RULES = (
    "Tỷ lệ bằng tổng tử số chia tổng mẫu số, không lấy trung bình các tỷ lệ; mẫu số là đơn vị được đánh giá. “Trên”, “dưới” là"
    " vượt hẳn mức; “từ … trở lên”, “từ … trở xuống” tính cả mức. Giữa kỳ đánh giá theo chỉ tiêu phân kỳ; không có phân kỳ là"
    " chưa đến kỳ. Tỷ lệ đạt và vượt tính trên tất cả chỉ tiêu của nghị quyết."
)
ENDED = [CheckState.NOTICE, CheckState.REMEDY, CheckState.CLOSED]


def snapshot_of(resolution, user, day, sort) -> dict:
    """All an evaluation freezes, as plain values: figures, outcomes, duties, study, papers, rules, tree."""
    targets, duties = target_rows(resolution, user, day, sort), duty_rows(resolution, user, day)
    settings = values_on(PARAMETERS, day, resolution.organisation.path)
    standings = [
        standing_of(duty, day, settings["duty.soon_days"], settings["duty.lag_points"])
        for duty in Duty.objects.visible_to(user).filter(resolution=resolution)
    ]
    tree = Organisation.objects.below(resolution.organisation).valid_on(day).order_by("path")
    return {
        "resolution": {"id": resolution.pk, "paper": paper_name(resolution), "title": resolution.title, "issuer": resolution.organisation.name},
        "day": day.isoformat(), "sort": str(sort), "rules": RULES,
        "settings": {name: settings[name] for name in PARAMETERS}, "headline": headline([row["outcome"] for row in targets]),
        "targets": targets, "duties": duties, "cells": four_cells(standings), "study": _study(resolution, user, day),
        "papers": _papers(resolution, user, day), "supervisions": _supervisions(resolution, user),
        "organisations": [list(row) for row in tree.values_list("pk", "name", "parent_id")],
    }  # fmt: skip


def _study(resolution, user, day) -> dict:
    cells = (
        Organisation.objects.visible_to(user).below(resolution.organisation).valid_on(day).filter(kind__is_cell=True)
    )
    sessions = StudySession.objects.visible_to(user).filter(resolution=resolution, held_on__lte=day)
    rows = list(
        sessions.values_list("organisation_id", "summoned", "attended", "is_make_up", "organisation__kind__is_cell")
    )
    taken = Concretisation.objects.visible_to(user).filter(resolution=resolution, taken="done")
    return {
        "cells": cells.count(), "held": len({row[0] for row in rows if row[4]}), "sessions": len(rows),
        "summoned": sum(row[1] for row in rows if not row[3]), "attended": sum(row[2] for row in rows),
        "taken_units": taken.values("organisation").distinct().count(),
    }  # fmt: skip


def _papers(resolution, user, day) -> list[list[str]]:
    """Papers that followed: resolutions that serve its targets, those of units that took its points over."""
    found = Resolution.objects.visible_to(user).filter(document__isnull=False, dated__lte=day)
    serving = TargetSupport.objects.filter(target__resolution=resolution).values("resolution")
    taken = Concretisation.objects.visible_to(user).filter(resolution=resolution, own_resolution__isnull=False)
    rows = found.filter(pk__in=serving).union(found.filter(pk__in=taken.values("own_resolution")))
    rows = (
        Resolution.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("document", "organisation")
        .defer("document__content")
    )
    out = [
        [row.document.number_line, vn_date(row.dated), f"Nghị quyết {row.title}", row.organisation.name]
        for row in rows.order_by("dated", "pk")
    ]
    return out + taken_words(resolution, user)


def taken_words(resolution, user) -> list[list[str]]:
    """What units wrote as their own acts, without a paper kept in the portal: each wording once, with who or how many."""
    rows = Concretisation.objects.visible_to(user).filter(resolution=resolution, own_resolution__isnull=True, taken="done")  # fmt: skip
    grouped = rows.exclude(paper="").order_by().values("paper").annotate(units=Count("organisation", distinct=True), name=Min("organisation__name"))  # fmt: skip
    return [
        ["", "", row["paper"], row["name"] if row["units"] == 1 else f"{row['units']} đơn vị"]
        for row in grouped.order_by("-units", "paper")[:100]
    ]


def _supervisions(resolution, user) -> list[list[str]]:
    """Only those whose result was announced; what is in their dossiers stays there."""
    rows = (
        Supervision.objects.visible_to(user)
        .filter(resolution=resolution, state__in=ENDED)
        .prefetch_related("recommendations")
    )
    return [
        [row.get_form_display(), row.title, row.get_state_display(), str(len(row.recommendations.all()))]
        for row in rows
    ]


@transaction.atomic
def evaluate(resolution, *, by, day, sort=ReviewSort.YEAR, paper=None) -> Evaluation:
    """A frozen evaluation; asked again, a new one beside the old."""
    require_issued(resolution)
    if day > latest_day():
        raise RuleBroken(f"Ngày {vn_date(day)} chưa đến. Ghi ngày số liệu tính đến.", field="day")
    if day < resolution.dated:
        raise RuleBroken(f"Nghị quyết ban hành ngày {vn_date(resolution.dated)}. Chọn ngày sau đó.", field="day")
    snapshot = snapshot_of(resolution, by, day, sort)
    return _kept(resolution, snapshot, by, day, sort, paper)


def _kept(resolution, snapshot, by, day, sort, paper):
    row = Evaluation.objects.create(
        resolution=resolution, sort=sort, day=day, snapshot=snapshot, sha256=seal_of(snapshot), by=by, paper=paper,
        is_synthetic=resolution.is_synthetic or any(r["is_synthetic"] for r in (*snapshot["targets"], *snapshot["duties"])),
    )  # fmt: skip
    record("evaluation.kept", row, by=by, path=resolution.path, sort=str(sort), sha256=row.sha256)
    return row


def read_awards(text: str) -> list[list[str]]:
    """[who, for what, how] of lines written "tập thể | thành tích | hình thức"; raises RuleBroken naming the line."""
    rows = []
    refuse_stamp(text, field="awards")
    for number, line in enumerate(clean_text(text).split("\n"), 1):
        parts = [clean_line(part) for part in line.split("|")]
        if not any(parts):
            continue
        if len(parts) > 3:
            raise RuleBroken(f"Dòng {number}: mỗi dòng có ba phần, cách nhau bằng dấu |.", field="awards")
        if not parts[0]:
            raise RuleBroken(f"Dòng {number}: chưa ghi tập thể hoặc cá nhân.", field="awards")
        rows.append([*parts, "", ""][:3])
    return rows


@transaction.atomic
def draft_review(resolution, *, by, day, sort=ReviewSort.YEAR, awards="") -> Evaluation:
    """The report of a review, drafted from the data of `day`: a paper to be finished by hand, its annexes frozen beside it."""
    require_issued(resolution)
    if day > latest_day() or day < resolution.dated:
        return evaluate(resolution, by=by, day=day, sort=sort)  # says what is wrong
    snapshot = snapshot_of(resolution, by, day, sort)
    if listed := read_awards(awards):
        snapshot["awards"] = listed
    organisation = resolution.organisation
    signing = "" if organisation.is_cell else SigningAs.COMMITTEE if resolution.signing in (Signing.COMMITTEE, Signing.CONGRESS) else SigningAs.STANDING  # fmt: skip
    paper = write_paper(
        by=by, organisation=organisation, type_code="report", title=TITLES[sort].format(paper=snapshot["resolution"]["paper"]),
        signing=signing, from_last=False, is_synthetic=resolution.is_synthetic, text=text_of(snapshot, sort),
    )  # fmt: skip
    return _kept(resolution, snapshot, by, day, sort, OutgoingPaper.objects.get(pk=paper.pk))


@transaction.atomic
def link_target(target, *, by, serves=None, resolutions=()) -> None:
    """The target above that this one serves, and the resolutions that serve this one (n–n); earlier links not named end."""
    if serves is not None and serves.pk == target.pk:
        raise RuleBroken("Chỉ tiêu không thể phục vụ chính nó.", field="serves")
    above, seen = serves, {target.pk}
    while above is not None:
        if above.pk in seen:
            raise RuleBroken("Hai chỉ tiêu không thể phục vụ lẫn nhau. Chọn chỉ tiêu cấp trên.", field="serves")
        seen.add(above.pk)
        above = above.serves
    target.serves = serves
    target.save(update_fields=["serves", "updated_at"])
    wanted = {row.pk for row in resolutions}
    if target.resolution_id in wanted:
        raise RuleBroken("Chỉ tiêu đã thuộc chính nghị quyết này.", field="resolutions")
    target.supports.exclude(resolution__in=wanted).delete()
    have = set(target.supports.values_list("resolution_id", flat=True))
    TargetSupport.objects.bulk_create(TargetSupport(target=target, resolution_id=pk) for pk in sorted(wanted - have))
    record("target.linked", target, by=by, path=target.path, serves=serves.pk if serves else None, resolutions=sorted(wanted))  # fmt: skip
