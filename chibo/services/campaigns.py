"""Rà soát: open a campaign, fill a form, send, check or give back, findings to their end (members.md 9)."""

import datetime as dt

from django.db import transaction

from chibo.choices import FindingState, FormState, Standing, Verdict
from chibo.figures import standings_on
from chibo.models import Campaign, Finding, HelpCase, Member, Organisation, ReviewForm
from chibo.services.help_cases import open_case
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line

# Criteria of section 9: of a member (02-HD/BTCTW ngày 12/4/2021, phần đã đọc) and of an organisation.
CRITERIA = {
    "C1": "Hai năm liền xếp loại không hoàn thành nhiệm vụ",
    "C2": "Đang chấp hành kỷ luật cảnh cáo trở lên mà tiếp tục vi phạm",
    "C3": "Đã có kết luận về suy thoái, vi phạm đạo đức, lối sống",
    "C4": "Vi phạm quy định nêu gương, điều đảng viên không được làm; uy tín thấp",
    "O1": "Số đảng viên chính thức dưới mức tối thiểu",
    "O2": "Cấp ủy, chi ủy khuyết hoặc hết nhiệm kỳ",
    "O3": "Từ ba mươi đảng viên chưa chia tổ đảng",
    "O4": "Trực thuộc chưa phù hợp, cần sáp nhập, chia tách",
    "O5": "Thôn, tổ dân phố, trường học, doanh nghiệp chưa có tổ chức hoặc đảng viên",
    "D": "Dữ liệu, hồ sơ chưa khớp",
}


def figures_of(cell: Organisation, day: dt.date) -> dict[str, int]:
    """Members of a cell on a day by standing, from the register."""
    found = {"official": 0, "probationary": 0, "female": 0, "exempt": 0, "sent_away": 0}
    roll = list(Member.objects.on_roll(cell, day))
    standings = standings_on(roll, day)
    for one in roll:
        standing = standings[one.pk]
        if standing == Standing.HERE_TEMPORARILY:
            continue
        is_official = one.official_on is not None and one.official_on <= day
        found["official" if is_official else "probationary"] += 1
        found["female"] += one.sex == "nu"
        found["exempt"] += standing in (Standing.EXEMPT, Standing.TEMPORARILY_EXEMPT)
        found["sent_away"] += standing == Standing.SENT_AWAY
    return found


@transaction.atomic
def open_campaign(*, by, organisation, name, plan, as_of, due_on, criteria="", is_synthetic=False) -> Campaign:
    """Every cell at or below `organisation` that works on that day gets its form, with figures already counted."""
    if due_on < as_of:
        raise RuleBroken("Hạn gửi phải sau ngày lấy số liệu.", field="due_on")
    if as_of > latest_day():
        raise RuleBroken("Ngày lấy số liệu chưa đến.", field="as_of")
    one = Campaign.objects.create(organisation=organisation, name=clean_line(name), plan=clean_line(plan), as_of=as_of, due_on=due_on, criteria=criteria, is_synthetic=is_synthetic)  # fmt: skip
    cells = Organisation.objects.below_on(organisation.path, as_of).cells().valid_on(as_of)
    ReviewForm.objects.bulk_create(ReviewForm(campaign=one, organisation=cell, **figures_of(cell, as_of)) for cell in cells)  # fmt: skip
    record("review.campaign_opened", one, by=by)
    return one


def _form(form, *states) -> ReviewForm:
    form = ReviewForm.objects.select_for_update(of=("self",)).select_related("organisation", "campaign").get(pk=form.pk)
    if form.state not in states:
        raise RuleBroken(f"Phiếu đang ở bước “{form.get_state_display()}”, không làm được việc này. Tải lại trang.")
    return form


@transaction.atomic
def send_form(form, verdict: str, proposal: str, *, by, sent_on=None) -> ReviewForm:
    """The cell states its result and sends the form up."""
    form = _form(form, FormState.FILLING, FormState.RETURNED)
    if verdict != Verdict.FITS and not proposal.strip():
        raise RuleBroken("Kết quả này phải kèm đề nghị: sắp xếp, kiện toàn thế nào, khi nào.", field="proposal")
    form.verdict, form.proposal = verdict, proposal
    form.state, form.sent_on, form.returned_because = FormState.SENT, sent_on or today(), ""
    form.save()
    record("review.form_sent", form, by=by, verdict=verdict)
    return form


@transaction.atomic
def check_form(form, *, by) -> ReviewForm:
    """The superior found it in order."""
    form = _form(form, FormState.SENT)
    form.state = FormState.CHECKED
    form.save(update_fields=["state", "updated_at"])
    record("review.form_checked", form, by=by)
    return form


@transaction.atomic
def return_form(form, because: str, *, by) -> ReviewForm:
    """The superior gives it back with a reason."""
    form = _form(form, FormState.SENT, FormState.CHECKED)
    form.state, form.returned_because = FormState.RETURNED, clean_line(because)
    form.save(update_fields=["state", "returned_because", "updated_at"])
    record("review.form_returned", form, by=by)
    return form


@transaction.atomic
def note_finding(form, *, by, code, text, owner, due_on, member=None) -> Finding:
    """A finding is a task with an owner and a deadline. About a member it keeps the code, not the story."""
    if code.startswith("C") and member is None:
        raise RuleBroken("Tiêu chí này về một đồng chí: chọn đồng chí.", field="member")
    if member is not None and member.organisation_id != form.organisation_id:
        raise RuleBroken("Chọn một đồng chí của chi bộ này.", field="member")
    if due_on < form.campaign.as_of:
        raise RuleBroken(f"Hạn phải sau ngày rà soát ({vn_date(form.campaign.as_of)}).", field="due_on")
    one = Finding.objects.create(form=form, code=code, text=clean_line(text), owner=clean_line(owner), due_on=due_on, member=member)  # fmt: skip
    if code.startswith("C") and not HelpCase.objects.open().filter(member=member).exists():
        open_case(member, code, form.campaign.as_of, by=by, finding=one, is_synthetic=form.campaign.is_synthetic)
    record("review.finding_noted", one, by=by, path=form.organisation.path, code=code)
    return one


@transaction.atomic
def finish_finding(finding, done_on, result: str, *, by) -> Finding:
    """The task is done."""
    finding = Finding.objects.select_for_update(of=("self",)).select_related("form__organisation").get(pk=finding.pk)
    if finding.state == FindingState.DONE:
        raise RuleBroken("Việc này đã ghi xong trước đó.")
    if done_on > latest_day():
        raise RuleBroken("Ngày này chưa đến.", field="done_on")
    finding.state, finding.done_on, finding.result = FindingState.DONE, done_on, clean_line(result)
    finding.save()
    record("review.finding_done", finding, by=by, path=finding.form.organisation.path)
    return finding


def consolidated(campaign: Campaign, forms=None) -> list[dict]:
    """The table by type of cell: forms, sent, checked, members, results, findings open and done; of all forms, or of these."""
    rows: dict[str, dict] = {}
    names = ["cells", "sent", "checked", "official", "probationary", "female", "exempt", "sent_away", *Verdict.values, "open", "done"]  # fmt: skip
    forms = campaign.forms if forms is None else forms
    for form in forms.select_related("organisation__cell_type").prefetch_related("findings"):
        kind = form.organisation.cell_type
        key = (kind.order, kind.name) if kind else (999, "Chưa ghi loại hình")
        row = rows.setdefault(key, {"name": key[1], **dict.fromkeys(names, 0)})
        row["cells"] += 1
        row["sent"] += form.state in (FormState.SENT, FormState.CHECKED)
        row["checked"] += form.state == FormState.CHECKED
        for name in ("official", "probationary", "female", "exempt", "sent_away"):
            row[name] += getattr(form, name)
        if form.verdict and form.state in (FormState.SENT, FormState.CHECKED):
            row[form.verdict] += 1
        for finding in form.findings.all():
            row["done" if finding.state == FindingState.DONE else "open"] += 1
    found = [rows[key] for key in sorted(rows)]
    if found:
        found.append({"name": "Cộng", **{name: sum(row[name] for row in found) for name in names}, "is_total": True})
    return found
