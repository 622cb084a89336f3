"""Đảng phí: the ledgers, the month's ticks, rates of the day."""

from django.urls import reverse

from chibo.access import may_check_fees, may_keep_fees, may_read_fee_lines
from chibo.fee_choices import FeePaid
from chibo.forms import dues as forms
from chibo.models import FeeMonth, FeeRate, Member
from chibo.services import arrears, dues, receipts
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.ui.views import PortalAction, PortalCreate, PortalDetail, PortalEdit, PortalList, PortalPage

LIST = ("Đảng phí", "/to-chuc/dang-phi/")


class FeeMonthList(PortalList):
    model = FeeMonth
    access = "chibo.see_fee_totals"
    template_name = "chibo/dues/month_list.html"
    filter_class = forms.FeeFilter
    title = "Đảng phí"
    sub = "Mỗi chi bộ một sổ mỗi tháng. Tháng đã chốt không sửa được."

    def get_rows(self):
        return super().get_rows().select_related("organisation__parent")


class FeeMonthOpen(PortalCreate):
    access = "chibo.see_fee_totals"
    form_class = forms.MonthForm
    title = "Mở sổ đảng phí tháng"
    verb = "Mở sổ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_crumbs(self):
        return [LIST]

    def act(self, organisation, month):
        return dues.open_month(organisation, month, by=self.request.user)


class OfMonth:
    model = FeeMonth

    def get_queryset(self):
        return super().get_queryset().select_related("organisation__kind", "closed_by")

    def get_crumbs(self):
        return [LIST]


def in_dong(number: int) -> str:
    return f"{number:,} đ".replace(",", ".")


def lines_of(ledger):
    return list(ledger.lines.select_related("member").order_by("member__sort_key", "pk"))


class FeeMonthDetail(OfMonth, PortalDetail):
    """Totals for those who count; the lines for the fee keeper and the auditors."""

    access = "chibo.see_fee_totals"
    template_name = "chibo/dues/month.html"

    def get_context_data(self, **context):
        ledger, user = self.object, self.request.user
        lines = lines_of(ledger)
        due = sum(line.due or 0 for line in lines)
        paid, extra = sum(line.paid for line in lines), sum(line.extra for line in lines)
        late = list(ledger.late_payments.values_list("amount", flat=True))
        counts = {state: sum(line.state == state for line in lines) for state in FeePaid}
        may_read = may_read_fee_lines(user, ledger) is True
        may_keep = may_keep_fees(user, ledger) is True
        if may_read:
            arrears.tell(ledger, lines)
        sources = {line.source for line in lines if line.state in (FeePaid.OWES, FeePaid.PAID)}
        return super().get_context_data(
            lines=lines if may_read else [], owing=len({one.member_id for one in arrears.payable_in(ledger)}) if may_keep and ledger.is_open else 0, late=sum(late), late_months=len(late), source=sources.pop() if len(sources) == 1 else "", may_read=may_read, may_keep=may_keep, may_check=may_check_fees(user, ledger) is True,
            due=due, paid=paid, extra=extra, owed=due - paid, counts={name.name: number for name, number in counts.items()}, number=len(lines), **context,
        )  # fmt: skip


class FeeTick(OfMonth, PortalEdit):
    """The tick list, in the order people are called: at the opening of the meeting, or any day of the month."""

    access = "chibo.keep_fees"
    form_class = forms.TickForm
    template_name = "chibo/dues/tick.html"
    verb = "Ghi đã đóng"

    def get_title(self):
        return f"Thu đảng phí tháng {self.object.month.month}/{self.object.month.year}"

    def get_sub(self):
        return self.object.organisation.name

    def get_crumbs(self):
        return [LIST, (f"Tháng {self.object.month.month}/{self.object.month.year}", self.object.get_absolute_url())]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lines": lines_of(self.object)}

    def act(self, ledger, members, **answers):
        dues.tick(ledger, members, by=self.request.user, **answers)
        return "Đã ghi."


class FeeLate(OfMonth, PortalEdit):
    """Đóng bù: unpaid months of closed ledgers that are paid now."""

    access = "chibo.keep_fees"
    form_class = forms.LateForm
    template_name = "chibo/dues/late.html"
    title = "Ghi đóng bù"
    verb = "Ghi đóng bù"

    def get_sub(self):
        return f"Thu vào sổ tháng {self.object.month.month}/{self.object.month.year}, {self.object.organisation.name}. Sổ tháng cũ đã chốt giữ nguyên."  # fmt: skip

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lines": arrears.payable_in(self.object)}

    def act(self, ledger, **answers):
        arrears.pay_late(ledger, by=self.request.user, **answers)
        return "Đã ghi đóng bù."


class FeeReceipts(OfMonth, PortalEdit):
    """The receipt numbers of those who paid, to be put right while the month is open."""

    access = "chibo.keep_fees"
    form_class = forms.ReceiptsForm
    title = "Số biên lai"
    verb = "Ghi số biên lai"

    def get_sub(self):
        return f"{self.object}. Đồng chí đóng qua Cổng Dịch vụ công: ghi mã giao dịch."

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def get_form_kwargs(self):
        paid = [line for line in lines_of(self.object) if line.state == FeePaid.PAID]
        return {**super().get_form_kwargs(), "lines": paid}

    def act(self, ledger, numbers):
        receipts.set_receipts(ledger, numbers, by=self.request.user)
        return "Đã ghi số biên lai."


class FeeExtra(OfMonth, PortalEdit):
    """Đóng thêm tự nguyện of one member of the ledger."""

    access = "chibo.keep_fees"
    form_class = forms.ExtraForm
    title = "Ghi đóng thêm tự nguyện"

    def get_sub(self):
        return str(self.object)

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def get_form_kwargs(self):
        members = Member.objects.visible_to(self.request.user).filter(fee_lines__ledger=self.object).in_order()
        return {**super().get_form_kwargs(), "members": members}

    def act(self, ledger, member, amount, ground):
        dues.add_extra(ledger, member, amount, ground, by=self.request.user)
        return "Đã ghi."


class FeeClose(OfMonth, PortalAction):
    access = "chibo.keep_fees"
    title = "Chốt đảng phí tháng này?"
    verb = "Chốt tháng"

    def get_consequence(self):
        lines = lines_of(self.object)
        owing = [line for line in lines if line.state == FeePaid.OWES]
        late = sum(self.object.late_payments.values_list("amount", flat=True))
        came = sum(line.paid + line.extra for line in lines) + late
        left = f" {len(owing)} đồng chí chưa đóng {in_dong(sum(line.due or 0 for line in owing))}, chuyển thành nợ." if owing else " Không ai còn nợ tháng này."  # fmt: skip
        return f"Đã thu {in_dong(came)}.{left} Chốt rồi không ai sửa được sổ tháng này; sai sót ghi ở tháng sau."

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def act(self, ledger):
        dues.close_month(ledger, by=self.request.user)
        return "Đã chốt."


class FeePassUp(OfMonth, PortalAction):
    access = "chibo.keep_fees"
    form_class = forms.PassUpForm
    title = "Ghi đã nộp cấp trên"
    verb = "Ghi đã nộp"

    def get_consequence(self):
        one = self.object
        return f"Phải nộp {in_dong(one.to_pass_up)}: đã thu {in_dong(one.collected)}, chi bộ giữ {in_dong(one.kept)}."

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def act(self, ledger, passed_on):
        dues.pass_up(ledger, passed_on, by=self.request.user)
        return "Đã ghi đã nộp."


class FeeCheck(OfMonth, PortalAction):
    access = "chibo.check_fees"
    title = "Đối chiếu: số chi bộ nộp đúng?"
    verb = "Đúng, đã đối chiếu"

    def get_consequence(self):
        one = self.object
        day = f", chi bộ nộp ngày {vn_date(one.passed_on)}" if one.passed_on else ""
        return f"Ghi rằng cấp trên đã nhận đủ {in_dong(one.to_pass_up)}{day}: đã thu {in_dong(one.collected)}, chi bộ giữ {in_dong(one.kept)}."  # fmt: skip

    def get_crumbs(self):
        return [LIST, (str(self.object), self.object.get_absolute_url())]

    def act(self, ledger):
        dues.check_month(ledger, by=self.request.user)
        return "Đã đối chiếu."


class FeeDeclare(PortalEdit):
    """The group and income of one member."""

    model = Member
    access = "chibo.declare_fees"
    form_class = forms.DeclareForm
    template_name = "chibo/dues/declare.html"
    title = "Mức đóng đảng phí"

    def get_queryset(self):
        return super().get_queryset().select_related("organisation")

    def get_sub(self):
        return f"{self.object.full_name}, {self.object.organisation.name}"

    def get_crumbs(self):
        return [LIST, (self.object.full_name, self.object.get_absolute_url())]

    def get_context_data(self, **context):
        return super().get_context_data(standings=self.object.fee_standings.all(), **context)

    def act(self, member, group, **answers):
        dues.declare(member, group, by=self.request.user, **answers)
        return "Đã ghi mức đóng."

    def get_success_url(self):
        return reverse("chibo:fee_declare", args=[self.object.pk])


class RateList(PortalPage):
    access = "chibo.see_fee_totals"
    template_name = "chibo/dues/rate_list.html"
    title = "Mức đóng đảng phí theo ngày"
    sub = "Sổ của tháng nào tính theo mức của tháng ấy."

    def get_crumbs(self):
        return [LIST]

    def get_context_data(self, **context):
        in_force = dues.rates_on(today())
        rates = list(FeeRate.objects.order_by("group", "-valid_from"))
        now = [one for one in rates if in_force.get(one.group) == one]
        others = {name: [one for one in rates if one not in now and (one.valid_from > today()) is later] for name, later in (("Từ ngày khác, chưa đến", True), ("Đã thay", False))}  # fmt: skip
        return super().get_context_data(
            parts=[(f"Đang áp dụng ngày {vn_date(today())}", now), *others.items()], **context
        )


class RateCreate(PortalCreate):
    access = "chibo.set_fee_rates"
    form_class = forms.RateForm
    title = "Đặt mức đóng mới"

    def get_crumbs(self):
        return [LIST, ("Mức đóng", reverse("chibo:fee_rates"))]

    def act(self, **answers):
        dues.set_rate(by=self.request.user, **answers)
        return "Đã ghi mức đóng."

    def get_success_url(self):
        return reverse("chibo:fee_rates")
