"""Objects for the address × role matrix: of every kind, at several places of the tree, in every state."""

import datetime as dt
import uuid
from dataclasses import dataclass

from chibo.models import RoleGrant
from chibo.services.members import set_standing
from chibo.services.transfers import request_transfer
from hoithao.models import DecisionKind, Paper, Petition, Phrase, RoundCell, RuleFrame, Scan, Visit
from hoithao.services.ballots import prepare_ballot
from hoithao.services.programmes import draw_lesson, open_programme
from hoithao.services.themes import draft_theme
from hoithao.services.workshop_papers import order_papers
from kyanh_portal.files.models import StoredFile
from kyanh_portal.parameters.parameter import parameters
from kyanh_portal.reports.running import ask
from tests.access_register import access_things as register_things
from tests.factories import nghiquyet as papers
from tests.factories.chibo import make_organisation
from tests.factories.frames import PHU_THO, local_frame
from tests.factories.growth import growth_things
from tests.factories.hoithao import closed, opened, planned, ready
from tests.factories.living import access_things

ABSENT = 10**9


@dataclass(frozen=True)
class Thing:
    """One object: where it lies, in which state, and the parameters of its address."""

    place: str
    state: str
    args: tuple


def months():
    """Another month for each meeting, since a cell has one ordinary meeting a month."""
    month = dt.date(2020, 1, 1)
    while True:
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def cycle_objects(w, model_a1, model_b1, minutes_b1, coming) -> dict:
    """Objects around meetings: visits, scans, petitions, model meetings with lessons, themes."""
    models = [("a1", model_a1), ("b1", model_b1)]
    lessons = [(place, draw_lesson(one, by=None, worked="Chuẩn bị kỹ.")) for place, one in models]
    themes = [
        ("town", draft_theme(by=None, organisation=w.town, title="Chuyên đề thị ủy")),
        ("ward", draft_theme(by=None, organisation=w.ward_a, title="Chuyên đề phường")),
    ]
    visit = Visit.objects.create(meeting=coming, member=w.members_a2[0])
    petitions, scans = [], []
    for place, cell, meeting in (("a1", w.cell_a1, model_a1), ("b1", w.cell_b1, minutes_b1)):
        petitions.append((place, Petition.objects.create(
            organisation=cell, meeting=meeting, text="Kiến nghị", addressee=cell.parent, sent_on=meeting.held_on, due_on=meeting.held_on,
        )))  # fmt: skip
        stored = StoredFile.objects.create(holder="scan", path=cell.path, name="to.jpg", kind="jpg", media_type="image/jpeg", size=1, sha256="0" * 64)  # fmt: skip
        scans.append((place, Scan.objects.create(organisation=cell, file=stored)))
    return {
        "visit": [("a1", "", (visit.pk,))],
        "scan": [(place, "", (one.pk,)) for place, one in scans],
        "petition": [(place, "", (one.pk,)) for place, one in petitions],
        "model_meeting": [(place, "closed", (one.pk,)) for place, one in models],
        "lesson": [(place, "", (one.pk,)) for place, one in lessons],
        "theme": [(place, "", (one.pk,)) for place, one in themes],
    }


def objects_of(world) -> dict[str, list[Thing]]:
    """Kind → its objects; the absent one comes last, by itself."""
    w, month = world, months()
    minutes_a1 = closed(w.cell_a1, w.members_a1, next(month))
    minutes_a2 = closed(w.cell_a2, w.members_a2, next(month), votes=[])
    minutes_b1 = closed(w.cell_b1, w.members_b1, next(month), votes=[])
    meetings = [
        ("a1", "planned", planned(w.cell_a1, next(month))), ("a1", "open", opened(w.cell_a1, w.members_a1, next(month))),
        ("a1", "ready", ready(w.cell_a1, w.members_a1, next(month))), ("a1", "closed", minutes_a1.meeting),
        ("a2", "closed", minutes_a2.meeting), ("b1", "closed", minutes_b1.meeting),
        ("b1", "planned", planned(w.cell_b1, next(month))), ("ward", "planned", planned(w.ward_a, next(month), "HOI_NGHI", theme="bàn việc quý")),
    ]  # fmt: skip
    final = papers.issued(papers.thematic(w))
    workshop = papers.workshop(w)
    orders = [
        (place, "ordered", (order_papers(workshop, by=None, organisations=[unit], subject="Chuẩn bị nội dung", due_on=workshop.held_on, on=workshop.held_on)[0].pk,))
        for place, unit in (("a1", w.cell_a1), ("a2", w.cell_a2), ("b1", w.cell_b1), ("ward", w.ward_a))
    ]  # fmt: skip
    resolutions = [
        ("a1", "draft", papers.fill(papers.cell_draft(w.cell_a1))), ("a1", "adopted", papers.adopted(papers.fill(papers.cell_draft(w.cell_a1, "về việc hai")))),
        ("a2", "draft", papers.cell_draft(w.cell_a2)), ("b1", "draft", papers.cell_draft(w.cell_b1)), ("town", "issued", final),
    ]  # fmt: skip
    programme = open_programme(
        by=None, organisation=w.town, name="Sinh hoạt điểm", starts_on=dt.date(2020, 9, 1), months=[dt.date(2020, 9, 1)]
    )
    place = RoundCell.objects.create(
        round=programme.rounds.get(), organisation=w.cell_a2, planned_on=dt.date(2020, 9, 9)
    )
    model_a1 = closed(w.cell_a1, w.members_a1, next(month), is_model=True)
    model_b1 = closed(w.cell_b1, w.members_b1, next(month), votes=[], is_model=True)
    around = cycle_objects(w, model_a1.meeting, model_b1.meeting, minutes_b1.meeting, meetings[0][2])
    run = ask("sinh-hoat", {"span": "year", "month": "2020-12-01", "unit": w.cell_a1.pk, "type": None}, ["xlsx"], by=w.users["secretary"])  # fmt: skip
    grant = RoleGrant.objects.get(user=w.users["office"])
    units = [("a1", w.cell_a1), ("a2", w.cell_a2), ("b1", w.cell_b1), ("ward", w.ward_a), ("town", w.town)]
    members = [("a1", w.members_a1[3]), ("a2", w.members_a2[3]), ("b1", w.members_b1[3])]
    for _, one in members:
        set_standing(one, "TAM_DI", dt.date(2020, 12, 30), by=None, ends_on=dt.date(2020, 12, 31))
    minutes = [("a1", minutes_a1.document_id), ("a2", minutes_a2.document_id), ("b1", minutes_b1.document_id)]
    places = [(place, state, (m.pk,)) for place, state, m in meetings]
    logged = [
        (place, "closed", (m.meeting_id, m.meeting.contributions.first().pk))
        for place, m in (("a1", minutes_a1), ("a2", minutes_a2), ("b1", minutes_b1))
    ]
    national, local = RuleFrame.objects.get(code="HD42-2025"), local_frame("MAU", PHU_THO, w.ward_a, in_force=False)
    transfers = [
        (
            place,
            "asked",
            request_transfer(
                member,
                "NOI_BO",
                dt.date(2020, 3, 1),
                "QĐ 1",
                by=None,
                target=make_organisation("chi_bo_truc_thuoc", f"Chi bộ đến {place}", w.town),
            ),
        )
        for place, member in (("a1", w.members_a1[7]), ("a2", w.members_a2[4]), ("b1", w.members_b1[4]))
    ]
    found = {
        "transfer": [(place, state, (one.pk,)) for place, state, one in transfers],
        "transfer_box": [(place, state, (one.pk, 1)) for place, state, one in transfers],
        "unit": [(place, "", (unit.pk,)) for place, unit in units],
        "unit_act": [
            (place, act, (unit.pk, act)) for place, unit in units for act in ("doi-ten", "sap-nhap", "chia-tach")
        ],
        "unit_line": [
            (
                place,
                "",
                (unit.pk, unit.lineage.create(kind="KET_THUC", effective_on=dt.date(2020, 6, 1), decision="QĐ 1").pk),
            )
            for place, unit in units
        ],
        "figures_unit": [(place, "", (unit.pk,)) for place, unit in units],
        "cell_month": [(place, "", (unit.pk, "2020-01")) for place, unit in units[:3]],
        "position": [
            (place, "", (unit.pk, unit.positions.first().pk)) for place, unit in units if place in ("a1", "a2", "b1")
        ],
        "standing": [(place, "", (one.pk, one.standing_periods.first().pk)) for place, one in members],
        "member": [(place, "", (member.pk,)) for place, member in members],
        "meeting": places,
        "step": [(place, state, (pk, "noi-dung")) for place, state, (pk,) in places],
        "logged": [(place, state, (pk, "y-kien", row)) for place, state, (pk, row) in logged],
        "contribution": logged,
        "phrase": [("town", "", (Phrase.objects.first().pk,))],
        "kind_code": [("town", "", ("THUONG_KY",))],
        "decision_code": [("town", "", ("THUONG",))],
        "excuse_link": [],
        "ballot": [
            (
                "a1",
                "open",
                (
                    m.pk,
                    prepare_ballot(
                        m, by=None, subject="Việc kín", decision=DecisionKind.objects.on(m.held_on).get(code="KHAI_TRU")
                    ).pk,
                ),
            )
            for place, state, m in meetings
            if (place, state) == ("a1", "open")
        ],
        "minutes_file": [(place, "locked", (pk,)) for place, pk in minutes],
        "paper": [(place, "locked", (pk,)) for place, pk in minutes] + [("town", "issued", (final.document_id,))],
        "draft_minutes": [(place, state, ("minutes", pk)) for place, state, (pk,) in places],
        "resolution": [(place, state, (one.pk,)) for place, state, one in resolutions],
        "clause": [(place, state, (one.clauses.first().pk,)) for place, state, one in resolutions],
        "resolution_step": [(place, state, (one.pk, "draft")) for place, state, one in resolutions],
        "resolution_frame": [(place, state, (one.pk, "trich-yeu")) for place, state, one in resolutions],
        "wording_edit": [
            (place, "waiting", (papers.wording_edit(body).pk,)) for place, body in (("a1", w.cell_a1), ("town", w.town))
        ],
        "issued_resolution": [("town", "issued", (final.pk,))],
        "version": [("town", "closed", (final.versions.first().pk,))],
        "comment": [("town", "", (papers.comment(w).pk,))],
        "outgoing": [
            ("a1", "draft", (papers.paper(w.cell_a1).pk,)),
            ("b1", "draft", (papers.paper(w.cell_b1).pk,)),
            ("town", "draft", (papers.paper(w.town).pk,)),
        ],
        "incoming": [("a1", "", (papers.received(w.cell_a1).pk,)), ("town", "", (papers.received(w.town).pk,))],
        "programme": [("town", "", (programme.pk,))],
        "round_cell": [("town", "", (programme.pk, place.pk))],
        "workshop": [("town", "open", (workshop.pk,))],
        **{f"workshop_{name}": [("town", "open", (row.pk,))] for name, row in papers.entries_of(workshop).items()},
        "contributed_paper": [("town", "open", (Paper.objects.filter(meeting=workshop).first().pk,))],
        "paper_order": orders,
        "workshop_paper": [("town", "open", (workshop.pk, "workshop_report"))],
        "account": [("town", "", (w.users["office"].pk,))],
        "grant": [("town", "", (w.users["office"].pk, grant.pk))],
        "run": [("a1", "waiting", (run.pk,))],
        "run_file": [("a1", "waiting", (run.pk, ABSENT))],
        "file": [],
        "own_key": [],
        "frame": [("town", "in_force", (national.pk,)), ("ward", "draft", (local.pk,))],
        "criterion": [
            ("town", "in_force", (national.pk, national.criteria.first().pk)),
            ("ward", "draft", (local.pk, local.criteria.first().pk)),
        ],
        **around,
        "parameter": [("town", "", (name,)) for name in parameters.names()[:1]],
        "report": [("town", "", ("sinh-hoat",))],
        **access_things(w, final),
        **register_things(w),
        **growth_things(w),
    }
    absent = {
        "candidate_stage": (ABSENT, "CAM_TINH"), "finding": (ABSENT, 1), "fund_entry": (ABSENT, 1), "unit_act": (ABSENT, "doi-ten"), "unit_line": (ABSENT, 1), "transfer_box": (ABSENT, 1), "position": (ABSENT, 1), "standing": (ABSENT, 1), "discipline": (ABSENT, 1), "complaint": (ABSENT, 1), "exit": (ABSENT, 1),
        "cell_month": (ABSENT, "2020-01"), "step": (ABSENT, "noi-dung"), "logged": (ABSENT, "y-kien", 1), "contribution": (ABSENT, 1), "ballot": (ABSENT, 1), "criterion": (ABSENT, 1), "round_cell": (ABSENT, 1), "excuse_link": ("khong-co",),
        "draft_minutes": ("minutes", ABSENT), "grant": (ABSENT, 1), "run_file": (ABSENT, 1), "file": (uuid.UUID(int=7),),
        "importer": ("khong-co",), "parameter": ("khong.co",), "workshop_paper": (ABSENT, "workshop_report"), "report": ("khong-co",), "resolution_step": (ABSENT, "draft"),
        "resolution_frame": (ABSENT, "trich-yeu"),
        "duty_do": (ABSENT, "tiep-nhan"), "duty_decide": (ABSENT, "xac-nhan"), "progress_send": (ABSENT, "gui"), "progress_take": (ABSENT, "tiep-nhan"),
    }  # fmt: skip
    return {
        kind: [*(Thing(*one) for one in rows), Thing("absent", "", absent.get(kind, (ABSENT,)))]
        for kind, rows in found.items()
    }
