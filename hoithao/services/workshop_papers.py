"""Order papers for a workshop, take versions in, judge them, and put the accepted ones in their turn."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from hoithao.choices import OrderState
from hoithao.models import Meeting, Paper, PaperComment, PaperOrder, PaperVersion
from hoithao.services.meetings import locked, require_unlocked
from hoithao.workflow import paper_flow
from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.stamps import refuse_stamp
from kyanh_portal.base.vietnamese import clean_line, clean_text
from kyanh_portal.filecheck.check import CheckedFile
from kyanh_portal.files.keeping import keep_file
from kyanh_portal.rendering.docx_reading import docx_text

HOLDER = "workshop_paper"


def _locked_order(order) -> PaperOrder:
    return (
        PaperOrder.objects.select_for_update(of=("self",), no_key=True).select_related("organisation").get(pk=order.pk)
    )


def _open(meeting_id) -> Meeting:
    meeting = locked(Meeting(pk=meeting_id))
    require_unlocked(meeting)
    return meeting


@transaction.atomic
def order_papers(
    meeting, *, by, organisations, subject, due_on: dt.date, asks="", is_lead_in=False, on=None, is_synthetic=False
) -> list[PaperOrder]:
    """Ask one paper of each unit, to be sent by `due_on`. Raises RuleBroken for a day that cannot be."""
    meeting = _open(meeting.pk)
    on = on or today()
    subject = clean_line(subject)
    if not subject:
        raise RuleBroken("Ghi chủ đề đặt bài.", field="subject")
    if not organisations:
        raise RuleBroken("Chọn ít nhất một đơn vị.", field="organisations")
    if due_on < on:
        raise RuleBroken("Hạn gửi đã qua. Chọn ngày sau hôm nay.", field="due_on")
    if due_on > meeting.held_on:
        raise RuleBroken(f"Hạn gửi phải trước ngày hội thảo {vn_date(meeting.held_on)}.", field="due_on")
    made = []
    for organisation in organisations:
        if not organisation.path.startswith(meeting.organisation.path):
            raise RuleBroken(f"{organisation.name} không thuộc cấp ủy tổ chức hội thảo.", field="organisations")
        same = PaperOrder.objects.filter(meeting=meeting, organisation=organisation, subject=subject)
        if same.exclude(state=OrderState.WITHDRAWN).exists():
            raise RuleBroken(f"{organisation.name} đã được đặt bài cùng chủ đề.", field="organisations")
        order = PaperOrder.objects.create(
            meeting=meeting, organisation=organisation, subject=subject, asks=clean_text(asks), due_on=due_on, ordered_on=on,
            is_lead_in=is_lead_in, is_synthetic=is_synthetic,
        )  # fmt: skip
        record("workshop.paper_ordered", order, by=by, due_on=due_on.isoformat())
        made.append(order)
    return made


def text_in(checked: CheckedFile) -> str:
    """The words of a checked file: of Word in reading order, of PDF as far as they can be read."""
    text = docx_text(checked.data) if checked.kind.code == "docx" else checked.text
    refuse_stamp(checked.text, field="file")  # heads and feet of the file too
    refuse_stamp(text, field="file")
    return clean_text(text)[:400_000]


@transaction.atomic
def send_version(
    order, *, by, title, author, text="", checked: CheckedFile | None = None, on=None, is_synthetic=False
) -> PaperVersion:
    """The unit sends its paper, typed or as a file already judged by `check_upload`; earlier versions stay."""
    order = _locked_order(order)
    _open(order.meeting_id)
    if order.state == OrderState.ACCEPTED:
        raise RuleBroken("Ban tổ chức đã nhận bài này, không gửi thêm bản mới. Cần sửa thì gọi Văn phòng.")
    paper_flow.require(order.state, OrderState.SENT, "Bài này đã thôi đặt, không gửi nữa.")
    title, author, text = clean_line(title), clean_line(author), clean_text(text)
    if not title:
        raise RuleBroken("Ghi tên tham luận.", field="title")
    if not author:
        raise RuleBroken("Ghi chức danh người viết.", field="author")
    if checked is None and not text:
        raise RuleBroken("Chọn tệp Word, PDF, hoặc dán nội dung vào ô dưới.", field="file")
    refuse_stamp(text, field="text")
    stored = None
    if checked is not None:
        words = text_in(checked)
        stored = keep_file(checked, holder=HOLDER, path=order.path, by=by, is_synthetic=is_synthetic)
        text = text or words
    version = PaperVersion.objects.create(
        order=order, number=(order.versions.aggregate(last=Max("number"))["last"] or 0) + 1, title=title, author=author,
        text=text, file=stored, sent_on=on or today(), sent_by=by, is_synthetic=is_synthetic,
    )  # fmt: skip
    order.state = OrderState.SENT
    order.save(update_fields=["state", "updated_at"])
    record("workshop.version_sent", version, by=by, number=version.number, kind=stored.kind if stored else "text")
    return version


@transaction.atomic
def comment_on(order, *, by, text, asks_changes=False, on=None) -> PaperComment:
    """A remark on the newest version; with `asks_changes` the paper goes back to its unit."""
    order = _locked_order(order)
    text = clean_text(text)
    if not text:
        raise RuleBroken("Ghi nhận xét.", field="text")
    refuse_stamp(text, field="text")
    version = order.versions.first()
    if asks_changes:
        if version is None:
            raise RuleBroken("Đơn vị chưa gửi bản nào, chưa yêu cầu sửa được.")
        paper_flow.require(order.state, OrderState.CHANGES, "Chỉ yêu cầu sửa bài đã gửi, đang chờ đọc.")
        order.state = OrderState.CHANGES
        order.save(update_fields=["state", "updated_at"])
    comment = PaperComment.objects.create(
        order=order, version=version, text=text, asks_changes=asks_changes, said_on=on or today(), said_by=by
    )
    record("workshop.changes_asked" if asks_changes else "workshop.paper_commented", order, by=by)
    return comment


@transaction.atomic
def accept_paper(order, *, by, version=None) -> Paper:
    """Take the newest version into the workshop, last in the order of presentation; a lead-in paper comes first."""
    order = _locked_order(order)
    if order.state == OrderState.ACCEPTED:
        return order.paper
    meeting = _open(order.meeting_id)
    version = version or order.versions.first()
    if version is None:
        raise RuleBroken("Đơn vị chưa gửi bài, chưa nhận được.")
    paper_flow.require(order.state, OrderState.ACCEPTED, "Bài đang chờ đơn vị sửa. Đợi bản mới rồi nhận.")
    last = meeting.papers.aggregate(last=Max("order"))["last"] or 0
    paper = Paper.objects.create(
        meeting=meeting, order=last + 1, organisation=order.organisation, cell_type=order.organisation.cell_type,
        title=version.title, author=version.author, text=version.text, file=version.file, is_lead_in=order.is_lead_in,
        is_synthetic=order.is_synthetic,
    )  # fmt: skip
    order.state, order.paper = OrderState.ACCEPTED, paper
    order.save(update_fields=["state", "paper", "updated_at"])
    record("workshop.paper_accepted", order, by=by, paper=paper.pk, version=version.number)
    return paper


@transaction.atomic
def withdraw_order(order, *, by, reason) -> PaperOrder:
    """The paper is no longer asked for; what was sent stays."""
    order = _locked_order(order)
    reason = clean_text(reason)
    if not reason:
        raise RuleBroken("Ghi một câu: vì sao thôi đặt bài này.", field="reason")
    paper_flow.require(order.state, OrderState.WITHDRAWN, "Bài đã nhận, không thôi đặt được.")
    order.state = OrderState.WITHDRAWN
    order.save(update_fields=["state", "updated_at"])
    PaperComment.objects.create(order=order, text=f"Thôi đặt bài: {reason}", said_on=today(), said_by=by)
    record("workshop.order_withdrawn", order, by=by)
    return order


@transaction.atomic
def move_paper(paper, *, by, up: bool) -> Paper:
    """One place up or down in the order of presentation; lead-in papers and the others keep to themselves."""
    meeting = _open(paper.meeting_id)
    papers = list(meeting.papers.filter(is_lead_in=paper.is_lead_in).order_by("order"))
    place = next(i for i, one in enumerate(papers) if one.pk == paper.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(papers):
        raise RuleBroken("Tham luận này đã ở đầu danh sách." if up else "Tham luận này đã ở cuối danh sách.")
    first, second = papers[place], papers[other]
    swap = {first.pk: second.order, second.pk: first.order}
    spare = (meeting.papers.aggregate(last=Max("order"))["last"] or 0) + 1
    Paper.objects.filter(pk=first.pk).update(order=spare)  # one place holds one paper at any moment
    Paper.objects.filter(pk=second.pk).update(order=swap[second.pk])
    Paper.objects.filter(pk=first.pk).update(order=swap[first.pk])
    record("workshop.paper_moved", paper, by=by, order=swap[paper.pk])
    paper.order = swap[paper.pk]
    return paper
