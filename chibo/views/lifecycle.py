"""Acts in a member's life, one page each, and the transfers with their boxes."""

from django.http import Http404
from django.urls import reverse

from chibo.access import may_edit_member, may_sign_transfer
from chibo.choices import CardState, Role, TransferState, VotingLevel
from chibo.forms import lifecycle as forms
from chibo.models import Organisation, Transfer
from chibo.rulebooks import ABROAD, ABROAD_LISTS
from chibo.services import cards, lifecycle, recognition, transfers
from chibo.services.abroad import slip_days
from chibo.services.holidays import working_days
from chibo.services.transfers import may_sign
from chibo.views.as_of import AsOfMixin
from chibo.views.members import MemberEdit
from kyanh_portal.access.scope import scope_of
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList

LIST = ("Chuyển sinh hoạt", "/to-chuc/chuyen-sinh-hoat/")


def voting_levels(user, member) -> list[str]:
    """At which level this user may write a vote about the member: the own one; the organising department both."""
    scope, path = scope_of(user), member.organisation.path
    levels = [VotingLevel.CELL] if scope.holds(Role.CELL_SECRETARY, Role.ORGANISING, path=path) else []
    return levels + ([VotingLevel.COMMITTEE] if scope.holds(Role.COMMITTEE_SECRETARY, Role.ORGANISING, path=path) else [])  # fmt: skip


class OfMember(MemberEdit):
    """Base of the acts on one member; every act leads back to the member's page."""

    def get_initial(self):
        return {}

    def get_success_url(self):
        return reverse("chibo:member_detail", args=[self.object.pk])


class TransferCreate(OfMember):
    form_class = forms.TransferForm
    title = "Mở giấy chuyển sinh hoạt đảng"
    verb = "Mở giấy"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "member": self.object}

    def act(self, member, **answers):
        self.transfer = transfers.request_transfer(member, by=self.request.user, **answers)
        return "Đã mở giấy. Ghi ngày ký từng ô theo thứ tự."

    def get_success_url(self):
        return self.transfer.get_absolute_url()


class Recognise(OfMember):
    form_class = forms.RecogniseForm
    title = "Công nhận đảng viên chính thức"
    sub = "Ngày chính thức là ngày hết mười hai tháng dự bị, dù quyết định muộn hơn."

    def act(self, member, decision):
        lifecycle.recognise_member(member, decision, by=self.request.user)
        return "Đã ghi công nhận chính thức."


class RecognitionVoteCreate(OfMember):
    """The cell's secretary writes the cell's vote, the committee's secretary the committee's."""

    access = "chibo.vote_on_probation"
    form_class = forms.RecognitionVoteForm
    title = "Ghi biểu quyết về đảng viên dự bị"
    verb = "Ghi kết quả"

    def get_sub(self):
        return self.object.full_name

    def get_form_kwargs(self):
        levels = voting_levels(self.request.user, self.object)
        base, hint = recognition.base_hints(self.object, levels)
        return {**super().get_form_kwargs(), "levels": levels, "base": base, "hint": hint}

    def act(self, member, **answers):
        row = recognition.note_vote(member, by=self.request.user, **answers)
        return recognition.told(row, recognition.votes_of(member))


class Leave(OfMember):
    form_class = forms.LeaveForm
    title = "Ghi ra khỏi Đảng, từ trần"
    sub = "Tên vẫn còn trong các danh sách, biên bản trước ngày này."

    def act(self, member, **answers):
        lifecycle.leave_party(member, by=self.request.user, **answers)
        return "Đã ghi. Nộp hồ sơ, phiếu báo lên cấp trên đúng hạn: xem “Việc sắp đến hạn”."


class Readmit(OfMember):
    form_class = forms.ReadmitForm
    title = "Ghi kết nạp lại"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def act(self, member, **answers):
        row = member.exits.filter(readmitted_on=None).last()
        if row is None:
            raise Http404("nothing to come back from")
        lifecycle.readmit(row, by=self.request.user, **answers)
        return "Đã ghi kết nạp lại; thời gian dự bị tính lại từ đầu."


class DisciplineCreate(OfMember):
    form_class = forms.DisciplineForm
    title = "Ghi kỷ luật"

    def act(self, member, **answers):
        lifecycle.note_discipline(member, by=self.request.user, **answers)
        return "Đã ghi."


class CardStepCreate(OfMember):
    """The next step of the card; only those that may follow are offered."""

    form_class = forms.CardForm
    title = "Ghi bước thẻ đảng viên"

    def get_sub(self):
        state, since = cards.card_on(self.object, latest_day())
        now = f"{self.object.full_name}: {CardState(state).label.lower()}"
        return f"{now} ngày {vn_date(since)}." if since else f"{now}."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "steps": cards.next_steps(self.object, latest_day())}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.request.method == "GET" and not form.fields["state"].choices:
            raise Http404("the card has come to its end")
        return form

    def act(self, member, **answers):
        cards.take_card_step(member, by=self.request.user, **answers)
        return "Đã ghi bước của thẻ."


class BadgeCreate(OfMember):
    form_class = forms.BadgeForm
    title = "Ghi Huy hiệu Đảng"

    def act(self, member, **answers):
        lifecycle.check_badge(member, int(answers["years"]), answers["awarded_on"])
        lifecycle.give_badge(member, by=self.request.user, **answers)
        return "Đã ghi Huy hiệu Đảng."


def _worn(letters, day) -> None:
    """Both cells of these letters in memory with the names of a day."""
    cells = {}
    for one in letters:
        for name in ("source", "target"):
            if (cell := getattr(one, name)) is not None:
                setattr(one, name, cells.setdefault(cell.pk, cell))
    Organisation.objects.none().worn_on(day, list(cells.values()))


class TransferList(AsOfMixin, PortalList):
    """Out and in: letters that leave the own branch, and those that arrive; as of a day those that were open by then."""

    model = Transfer
    access = "chibo.see_transfers"
    template_name = "chibo/transfer_list.html"
    filter_class = forms.TransferFilter
    title = "Chuyển sinh hoạt đảng"
    sub = "Giấy đi và giấy đến. Mở giấy mới ở trang của đảng viên."

    def get_rows(self):
        rows = super().get_rows().select_related("member", "source", "target").prefetch_related("boxes")
        return rows if self.is_now else rows.filter(moved_on__lte=self.day)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        rows = list(context["object_list"])
        for one in rows:
            one.state_then = one.state if self.is_now else one.state_on(self.day)
            one.state_label = TransferState(one.state_then).label
        if not self.is_now:
            _worn(rows, self.day)
        return {**context, "object_list": rows}


class TransferDetail(AsOfMixin, PortalDetail):
    model = Transfer
    access = "chibo.see_transfers"
    template_name = "chibo/transfer_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("member__organisation", "source", "target")

    def get_object(self, queryset=None):
        transfer = super().get_object(queryset)
        if not self.is_now:
            _worn([transfer], self.day)
        return transfer

    def get_sub(self):
        return f"Từ {self.object.source.name} đến {self.object.goes_to}"

    def get_crumbs(self):
        return [(LIST[0], LIST[1] + self.keep)]

    def get_context_data(self, **context):
        transfer, user = self.object, self.request.user
        boxes = list(transfer.boxes.all())
        state = transfer.state if self.is_now else transfer.state_on(self.day)
        told = {
            "is_abroad": transfer.kind in ABROAD,
            "report_up": ABROAD_LISTS.get(transfer.kind, ""),
            "boxes": boxes,
            "member_open": scope_of(user).reaches(transfer.member.organisation.path),
            "state": state,
            "state_label": TransferState(state).label,
        }
        if not self.is_now:  # only to read: what was signed later was not signed yet
            for box in boxes:
                box.signed_on = box.signed_on if box.signed_on and box.signed_on <= self.day else None
            return super().get_context_data(**told, **context)
        is_open = transfer.state != "KHONG_TIEP_NHAN"
        after = max((box.number for box in boxes if box.signed_on), default=0)
        for box in boxes:
            box.is_next = is_open and not box.signed_on and box.number > after and may_sign(user, box, transfer)
        first = next((box.number for box in boxes if not box.signed_on and not box.is_optional), 0)
        for box in boxes:
            box.is_next = box.is_next and box.number <= first
        may_act = may_edit_member(user, transfer.member) is True and is_open
        may_note = transfer.kind in ABROAD and transfer.sent_on and may_sign_transfer(user, transfer) is True
        told |= {
            "may_slip": may_note and not transfer.slip_on and not transfer.back_on,
            "may_return": may_note and not transfer.back_on and transfer.state in (TransferState.SENT, TransferState.RECEIVED),
            "may_report": may_note and transfer.back_on and not transfer.reported_on,
            "slip_until": working_days().after(transfer.sent_on, slip_days(transfer)) if may_note and not transfer.slip_on else None,
        }  # fmt: skip
        return super().get_context_data(**told, may_act=may_act, is_open=transfer.state in ("YEU_CAU", "DA_GIOI_THIEU"), **context)  # fmt: skip


class OfTransfer(PortalEdit):
    model = Transfer
    access = "chibo.sign_transfer"

    def get_queryset(self):
        return super().get_queryset().select_related("member", "source", "target")

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def get_success_url(self):
        return self.object.get_absolute_url()


class BoxSign(OfTransfer):
    form_class = forms.BoxForm

    def get_title(self):
        box = self.object.boxes.filter(number=self.kwargs["number"]).first()
        if box is None:
            raise Http404("no such box")
        return f"Ô {box.number}: {box.signer} đã ký"

    def act(self, transfer, signed_on):
        transfers.sign_box(transfer, self.kwargs["number"], signed_on, by=self.request.user)
        return "Đã ghi ngày ký."


class FeeNote(OfTransfer):
    form_class = forms.FeeForm
    title = "Ghi đảng phí đã đóng"

    def act(self, transfer, fee_until):
        transfers.note_fee(transfer, fee_until, by=self.request.user)
        return "Đã ghi."


class TransferRefuse(OfTransfer, PortalAction):
    form_class = forms.RefuseForm
    title = "Ghi không tiếp nhận"
    verb = "Ghi không tiếp nhận"
    template_name = "components/action_form.html"
    consequence = "Đồng chí vẫn sinh hoạt ở chi bộ cũ. Muốn chuyển lại phải mở giấy mới."

    def act(self, transfer, because):
        transfers.refuse_transfer(transfer, because, by=self.request.user)
        return "Đã ghi không tiếp nhận."
