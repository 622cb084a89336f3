"""Acts in a member's life, one page each, and the transfers with their boxes."""

from django.http import Http404
from django.urls import reverse

from chibo.access import may_edit_member
from chibo.forms import lifecycle as forms
from chibo.models import Transfer
from chibo.services import lifecycle, transfers
from chibo.services.transfers import may_sign
from chibo.views.members import MemberEdit
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList

LIST = ("Chuyển sinh hoạt", "/to-chuc/chuyen-sinh-hoat/")


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


class BadgeCreate(OfMember):
    form_class = forms.BadgeForm
    title = "Ghi Huy hiệu Đảng"

    def act(self, member, **answers):
        lifecycle.give_badge(member, by=self.request.user, **answers)
        return "Đã ghi Huy hiệu Đảng."


class TransferList(PortalList):
    """Out and in: letters that leave the own branch, and those that arrive."""

    model = Transfer
    access = "chibo.see_transfers"
    template_name = "chibo/transfer_list.html"
    filter_class = forms.TransferFilter
    title = "Chuyển sinh hoạt đảng"
    sub = "Giấy đi và giấy đến. Mở giấy mới ở trang của đảng viên."

    def get_rows(self):
        return super().get_rows().select_related("member", "source", "target")


class TransferDetail(PortalDetail):
    model = Transfer
    access = "chibo.see_transfers"
    template_name = "chibo/transfer_detail.html"

    def get_queryset(self):
        return super().get_queryset().select_related("member__organisation", "source", "target")

    def get_sub(self):
        return f"{self.object.source.name} → {self.object.goes_to}"

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        transfer, user = self.object, self.request.user
        boxes = list(transfer.boxes.all())
        is_open = transfer.state != "KHONG_TIEP_NHAN"
        after = max((box.number for box in boxes if box.signed_on), default=0)
        for box in boxes:
            box.is_next = is_open and not box.signed_on and box.number > after and may_sign(user, box, transfer)
        first = next((box.number for box in boxes if not box.signed_on and not box.is_optional), 0)
        for box in boxes:
            box.is_next = box.is_next and box.number <= first
        may_act = may_edit_member(user, transfer.member) is True and is_open
        return super().get_context_data(boxes=boxes, may_act=may_act, is_open=transfer.state in ("YEU_CAU", "DA_GIOI_THIEU"), **context)  # fmt: skip


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
