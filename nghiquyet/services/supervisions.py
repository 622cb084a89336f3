"""Plan and carry out an inspection or supervision; its recommendations become duties (resolutions.md 8)."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from chibo.choices import Role
from chibo.figures import term_on
from chibo.models import RoleGrant
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.documents.issuing import issue
from kyanh_portal.files.keeping import keep_file
from nghiquyet.choices import CheckPaper, CheckState, DutyState
from nghiquyet.models import Supervision, SupervisionPaper, SupervisionStep, TeamMember
from nghiquyet.services.duties import give_duty
from nghiquyet.workflow import check_flow

# Entering a state asks for these papers; the words say which is wanting.
NEEDS = {
    CheckState.ANNOUNCED: [CheckPaper.DECISION, CheckPaper.PLAN],
    CheckState.REPORTED: [CheckPaper.RESULT],
    CheckState.NOTICE: [CheckPaper.NOTICE],
    CheckState.REMEDY: [CheckPaper.NOTICE],
    CheckState.CLOSED: [CheckPaper.NOTICE],
}
NUMBERED = [CheckPaper.DECISION, CheckPaper.PLAN, CheckPaper.OUTLINE, CheckPaper.RESULT, CheckPaper.NOTICE]
OWN_PAPERS = [CheckPaper.SELF_REPORT, CheckPaper.REMEDY]
ORDER = [
    CheckState.PREPARING, CheckState.ANNOUNCED, CheckState.SELF_REPORT, CheckState.VERIFYING, CheckState.CONFERENCE,
    CheckState.REPORTED, CheckState.NOTICE, CheckState.REMEDY, CheckState.CLOSED, CheckState.HANDED_OVER,
]  # fmt: skip


@transaction.atomic
def plan_supervision(*, by, organisation, form, title, subjects, content="", resolution=None, planned_on=None, team=(), is_synthetic=False) -> Supervision:  # fmt: skip
    """A new one in the year's programme. Who plans it belongs to the team."""
    subjects = list(subjects)
    if not clean_line(title):
        raise RuleBroken("Ghi kiểm tra, giám sát về việc gì.", field="title")
    if not subjects:
        raise RuleBroken("Chọn ít nhất một đơn vị được kiểm tra, giám sát.", field="subjects")
    for subject in subjects:
        if not subject.path.startswith(organisation.path) and organisation.parent_id and not subject.path.startswith(organisation.parent.path):  # fmt: skip
            raise RuleBroken(f"{subject.label} không thuộc {organisation.label}.", field="subjects")
    row = Supervision.objects.create(
        organisation=organisation, form=form, title=clean_line(title), content=clean_text(content), resolution=resolution,
        planned_on=planned_on, is_synthetic=is_synthetic,
    )  # fmt: skip
    row.subjects.set(subjects)
    people = {user.pk: (user, post) for user, post in team}
    if by is not None:
        people.setdefault(by.pk, (by, ""))
    TeamMember.objects.bulk_create(
        TeamMember(supervision=row, user=user, post=clean_line(post)) for user, post in people.values()
    )
    record("supervision.planned", row, by=by, path=organisation.path)
    return row


CLOSED = (CheckState.CLOSED, CheckState.HANDED_OVER)


def team_of(supervision):
    """Who is in the team today."""
    return supervision.team.filter(left_on__isnull=True).select_related("user")


def could_join(supervision):
    """Accounts with a role in the branch, without the supervised bodies' own and those who are in the team."""
    subjects = Q()
    for subject in supervision.subjects.all():
        subjects |= Q(organisation__path__startswith=subject.path)
    body = supervision.organisation
    paths = [body.path, *([body.parent.path] if body.kind.is_body and body.parent_id else [])]
    branch = Q()
    for path in paths:
        branch |= Q(organisation__path__startswith=path)
    grants = RoleGrant.objects.in_force(today()).filter(branch).exclude(subjects).exclude(role=Role.ADMINISTRATOR)
    people = get_user_model().objects.filter(pk__in=grants.values("user_id"), is_active=True)
    return people.exclude(pk__in=team_of(supervision).values("user_id")).order_by("display_name")


@transaction.atomic
def change_team(supervision, *, by, joins=None, post="", leaves=()) -> None:
    """Who joins reads the whole dossier from now; who leaves no longer does, and stays named with the day."""
    row = Supervision.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=supervision.pk)
    if row.state in CLOSED:
        raise RuleBroken("Hồ sơ đã đóng, không đổi đoàn nữa.")
    leaves = list(leaves)
    if joins is None and not leaves:
        raise RuleBroken("Chọn người vào đoàn hoặc người ra khỏi đoàn.", field="joins")
    if joins is not None:
        if row.subjects.filter(pk__in=RoleGrant.objects.in_force(today()).filter(user=joins).values("organisation_id")).exists():  # fmt: skip
            raise RuleBroken("Đồng chí này thuộc đơn vị được kiểm tra, giám sát.", field="joins")
        TeamMember.objects.update_or_create(
            supervision=row, user=joins, defaults={"post": clean_line(post), "left_on": None}
        )
    team_of(row).filter(pk__in=[one.pk for one in leaves]).update(left_on=today())
    if not team_of(row).exists():
        raise RuleBroken("Đoàn phải còn ít nhất một người. Thêm người thay trước.", field="leaves")
    record("supervision.team_changed", row, by=by, path=row.path, joined=joins.pk if joins else None, left=[one.user_id for one in leaves])  # fmt: skip


def next_states(supervision) -> list[str]:
    """Where it may go from here, in the order of the procedure."""
    return [state for state in ORDER if check_flow.allows(supervision.state, state)]


@transaction.atomic
def advance(supervision, *, by, state, on, note="") -> Supervision:
    """One step further. A step that needs a paper is refused until the paper is in the dossier; none closes without notice."""
    row = Supervision.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=supervision.pk)
    check_flow.require(row.state, state, f"Từ bước “{row.get_state_display()}” chưa sang bước ấy được.")
    if on > latest_day():
        raise RuleBroken(f"Ngày {vn_date(on)} chưa đến.", field="on")
    held = set(row.papers.values_list("kind", flat=True))
    wanting = [CheckPaper(kind).label.lower() for kind in NEEDS.get(state, []) if kind not in held]
    if wanting:
        raise RuleBroken(
            f"Chưa sang bước này được: còn thiếu {', '.join(wanting)}. Thêm văn bản vào hồ sơ rồi bấm lại."
        )
    if state == CheckState.CLOSED:
        left = row.recommendations.exclude(state__in=[DutyState.DONE, DutyState.CANCELLED]).count()
        if left:
            raise RuleBroken(f"Còn {left} kiến nghị chưa khắc phục xong. Theo dõi khắc phục rồi đóng hồ sơ.")
    if state == CheckState.HANDED_OVER and not clean_line(note):
        raise RuleBroken("Ghi chuyển cho ai; nội dung dấu hiệu vi phạm không ghi ở đây.", field="note")
    row.state = state
    row.save()
    SupervisionStep.objects.create(supervision=row, state=state, on=on, note=clean_text(note), by=by)
    record("supervision.advanced", row, by=by, path=row.path, state=state)
    return row


@transaction.atomic
def add_paper(supervision, *, by, kind, title, dated, number_line="", text="", checked=None, document=None, subject=None, takes_number=False) -> SupervisionPaper:  # fmt: skip
    """A paper of the dossier. A supervised body (`subject`) hands in its own reports only.

    `takes_number`: the next number of the issuing body's series, as for every other paper; the register then shows the
    place of it and nothing of the dossier.
    """
    if supervision.state in (CheckState.CLOSED, CheckState.HANDED_OVER):
        raise RuleBroken("Hồ sơ đã đóng, không thêm văn bản nữa.")
    if subject is not None and kind not in OWN_PAPERS:
        raise RuleBroken("Đơn vị chỉ nộp báo cáo tự kiểm tra và báo cáo khắc phục.", field="kind")
    if not clean_line(title):
        raise RuleBroken("Ghi trích yếu văn bản.", field="title")
    if not (clean_text(text) or checked or document or clean_line(number_line)):
        raise RuleBroken("Ghi số văn bản, nội dung, hoặc gửi tệp.", field="text")
    if takes_number:
        _may_take_number(kind, number_line, text, dated)
    file = keep_file(checked, holder="supervision", path=supervision.path, by=by, is_synthetic=supervision.is_synthetic) if checked else None  # fmt: skip
    paper = SupervisionPaper.objects.create(
        supervision=supervision, kind=kind, title=clean_line(title), number_line=clean_line(number_line), dated=dated,
        text=clean_text(text), file=file, document=document, from_subject=subject, by=by,
    )  # fmt: skip
    if takes_number:
        _number(paper, by)
    record("supervision.paper_added", supervision, by=by, path=supervision.path, kind=kind)
    return paper


def _may_take_number(kind, number_line, text, dated) -> None:
    if kind not in NUMBERED:
        raise RuleBroken("Chỉ quyết định, kế hoạch, đề cương, báo cáo kết quả và thông báo của cơ quan ra quyết định mới lấy số.", field="takes_number")  # fmt: skip
    if clean_line(number_line):
        raise RuleBroken("Đã ghi số. Xóa số ấy, hoặc bỏ chọn lấy số.", field="takes_number")
    if not clean_text(text):
        raise RuleBroken("Ghi nội dung văn bản rồi mới lấy số.", field="text")
    if dated > latest_day():
        raise RuleBroken(f"Ngày {vn_date(dated)} chưa đến. Ghi ngày ký thật.", field="dated")


def _number(paper, by) -> None:
    """The series is the issuing body's; a body that serves a committee counts by the committee's term."""
    from kyanh_portal.documents.kinds import kinds

    body = paper.supervision.organisation
    term = body.terms.on(paper.dated).first() or term_on(body.parent if body.kind.is_body else body, paper.dated)
    paper.document = issue(
        kinds.get("check_place").compose(paper),
        paper,
        by=by,
        issuer=body.issuer_key,
        period=term.period_key,
        path=body.path,
    )
    paper.number_line = paper.document.number_line
    paper.save(update_fields=["document", "number_line"])


@transaction.atomic
def recommend(supervision, *, by, lead, title, product, due_on, lead_post, leader, authority="", given_on=None):
    """A recommendation of the notice: a duty of the supervised body with a term, followed like every other."""
    if supervision.state not in (CheckState.NOTICE, CheckState.REMEDY):
        raise RuleBroken("Ra thông báo rồi mới giao kiến nghị.")
    if not supervision.subjects.filter(pk=lead.pk).exists():
        raise RuleBroken(f"{lead.label} không phải đơn vị được kiểm tra, giám sát.", field="lead")
    return give_duty(
        by=by, supervision=supervision, lead=lead, title=title, product=product, due_on=due_on, lead_post=lead_post,
        leader=leader, authority=authority, approver=supervision.organisation, given_on=given_on, is_synthetic=supervision.is_synthetic,
    )  # fmt: skip
