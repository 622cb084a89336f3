"""Papers ordered for a workshop: the list of the office, and the page of one unit for its paper."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.views import View

from hoithao.access import may_edit_workshop, may_review_paper, may_send_paper
from hoithao.choices import OrderState, Status
from hoithao.forms.workshop_papers import PAPER_KINDS, CommentForm, OrderForm, VersionForm, WithdrawForm
from hoithao.models import Paper, PaperOrder
from hoithao.services.workshop_papers import (
    accept_paper,
    comment_on,
    move_paper,
    order_papers,
    send_version,
    withdraw_order,
)
from hoithao.views.programmes import LIST
from hoithao.views.workshops import WorkshopAdd, WorkshopFound
from kyanh_portal.base.calendar import today
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.ui.views import FoundMixin, PortalAction, PortalDetail, PortalEdit, PortalList

MINE = ("Tham luận được đặt", "/sinh-hoat/tham-luan-dat/")
LOOK = {
    OrderState.ORDERED: "wait",
    OrderState.SENT: "doing",
    OrderState.CHANGES: "soon",
    OrderState.ACCEPTED: "ok",
    OrderState.WITHDRAWN: "none",
}


def with_look(order, day):
    """The chip of an order: late first, then its state."""
    late = order.is_late_on(day)
    order.look = "late" if late else LOOK[order.state]
    order.word = f"Quá hạn {(day - order.due_on).days} ngày" if late else order.get_state_display()
    if order.is_awaited and order.meeting.is_closed:  # nothing is waited for once the workshop is over
        order.look, order.word = "late", "Không gửi bài"
    if order.is_awaited and order.meeting.status == Status.CANCELLED:
        order.look, order.word = "none", "Không họp nữa"
    return order


class MyOrders(PortalList):
    """What is asked of the user's units."""

    model = PaperOrder
    access = "hoithao.see_paper_orders"
    template_name = "hoithao/workshop_my_orders.html"
    title = "Tham luận được đặt"
    sub = "Bài mà cấp ủy cấp trên đặt, hạn gửi và nhận xét."

    def get_crumbs(self):
        return [LIST]

    def get_rows(self):
        return super().get_rows().select_related("organisation", "meeting__kind").order_by("-due_on", "pk")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        for order in context["object_list"]:
            with_look(order, today())
        return context


class OrderList(WorkshopFound, PortalDetail):
    """All papers ordered for one workshop: who has sent, who is late."""

    access = "hoithao.see_programmes"
    template_name = "hoithao/workshop_orders.html"

    def get_title(self):
        return "Đặt bài tham luận"

    def get_sub(self):
        return self.object.name

    def get_crumbs(self):
        return [LIST, (self.object.name, reverse("hoithao:workshop_detail", args=[self.object.pk]))]

    def get_context_data(self, **context):
        day = today()
        orders = list(self.object.paper_orders.select_related("organisation__parent").order_by("due_on", "pk"))
        for order in orders:
            order.meeting = self.object
            with_look(order, day)
        asked = [order for order in orders if order.state != OrderState.WITHDRAWN]
        return super().get_context_data(
            orders=orders, asked=len(asked), late=[order for order in orders if order.look == "late"],
            accepted=sum(order.state == OrderState.ACCEPTED for order in orders),
            waiting=sum(order.state == OrderState.SENT for order in orders),
            may_edit=may_edit_workshop(self.request.user, self.object) is True and not self.object.is_closed, **context,
        )  # fmt: skip


class OrderCreate(WorkshopAdd):
    title, verb, form_class = "Đặt bài tham luận", "Đặt bài", OrderForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "meeting": self.object}

    def get_initial(self):
        plan = getattr(self.object, "plan", None)
        return {"due_on": plan.papers_by} if plan else {}

    def act(self, meeting, **answers):
        made = order_papers(meeting, by=self.request.user, **answers)
        return f"Đã đặt {len(made)} bài."

    def get_success_url(self):
        return reverse("hoithao:paper_orders", args=[self.object.pk])


class OrderFound:
    """An order among those the user may see, with a way back."""

    model = PaperOrder

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("organisation__kind", "meeting__organisation__kind", "meeting__kind", "paper")
        )

    def get_crumbs(self):
        return [LIST, MINE, (str(self.object), self.object.get_absolute_url())]


class OrderDetail(OrderFound, PortalDetail):
    """The unit's page for its paper: what is asked, until when, what was sent, what was said of it."""

    access = "hoithao.see_paper_orders"
    template_name = "hoithao/workshop_order.html"

    def get_sub(self):
        return f"{self.object.organisation.name} gửi bài cho: {self.object.meeting.name}"

    def get_crumbs(self):
        return [LIST, MINE]

    def get_context_data(self, **context):
        order, user = with_look(self.object, today()), self.request.user
        open_still = order.meeting.status in (Status.PLANNED, Status.OPEN) and order.state not in (
            OrderState.ACCEPTED,
            OrderState.WITHDRAWN,
        )
        versions = list(order.versions.select_related("file", "sent_by"))
        reviews = may_review_paper(user, order) is True
        return super().get_context_data(
            versions=versions, newest=versions[0] if versions else None,
            comments=order.comments.select_related("said_by", "version"),
            days_left=(order.due_on - today()).days, is_awaited=order.is_awaited and open_still,
            may_send=open_still and may_send_paper(user, order) is True, may_comment=reviews,
            may_accept=reviews and open_still and order.state == OrderState.SENT, may_withdraw=reviews and open_still,
            sees_workshop=type(order.meeting).objects.visible_to(user).filter(pk=order.meeting_id).exists(), **context,
        )  # fmt: skip


class VersionSend(OrderFound, PortalEdit):
    access = "hoithao.send_paper"
    title, verb, form_class = "Gửi bài", "Gửi bài", VersionForm
    success_message = "Đã gửi."

    def get_sub(self):
        return str(self.object)

    def get_initial(self):
        last = self.object.versions.first()
        return {"title": last.title, "author": last.author} if last else {"title": self.object.subject}

    def act(self, order, file=None, **answers):
        checked = None
        if file is not None:
            file.seek(0)
            checked = check_upload(file, by=self.request.user, allowed=PAPER_KINDS)
        version = send_version(order, by=self.request.user, checked=checked, **answers)
        return f"Đã gửi bản {version.number}. Ban tổ chức sẽ đọc và trả lời ở trang này."


class OrderComment(OrderFound, PortalEdit):
    access = "hoithao.review_paper"
    title, form_class = "Nhận xét bài", CommentForm

    def act(self, order, **answers):
        comment = comment_on(order, by=self.request.user, **answers)
        return "Đã gửi yêu cầu sửa." if comment.asks_changes else "Đã ghi nhận xét."


class OrderAccept(OrderFound, PortalAction):
    access = "hoithao.review_paper"
    title, verb = "Nhận bài này vào hội thảo?", "Nhận bài"
    consequence = "Bản mới nhất thành tham luận của hội thảo, xếp cuối thứ tự trình bày. Đơn vị không gửi thêm bản mới."

    def act(self, order):
        accept_paper(order, by=self.request.user)
        return "Đã nhận bài."


class OrderWithdraw(OrderFound, PortalAction):
    access = "hoithao.review_paper"
    title, verb, form_class = "Thôi đặt bài này?", "Thôi đặt bài", WithdrawForm
    consequence = "Đơn vị không phải gửi bài này nữa; các bản đã gửi vẫn được giữ."

    def act(self, order, reason):
        withdraw_order(order, by=self.request.user, reason=reason)
        return "Đã thôi đặt bài."


class PaperMove(FoundMixin, View):
    """One place up or down."""

    model = Paper
    access = "hoithao.edit_workshop"

    def get_queryset(self):
        return super().get_queryset().select_related("meeting__organisation")

    def post(self, request, pk):
        paper = self.get_object()
        try:
            move_paper(paper, by=request.user, up=request.POST.get("way") == "up")
        except RuleBroken as broken:
            messages.info(request, broken.message)
        page = reverse("hoithao:workshop_detail", args=[paper.meeting_id])
        return HttpResponseRedirect(f"{page}?thu-tu=1#tl-{paper.pk}")


urlpatterns = [
    path("tham-luan-dat/", MyOrders.as_view(), name="my_paper_orders"),
    path("tham-luan-dat/<int:pk>/", OrderDetail.as_view(), name="paper_order"),
    path("tham-luan-dat/<int:pk>/gui/", VersionSend.as_view(), name="version_send"),
    path("tham-luan-dat/<int:pk>/nhan-xet/", OrderComment.as_view(), name="order_comment"),
    path("tham-luan-dat/<int:pk>/nhan/", OrderAccept.as_view(), name="order_accept"),
    path("tham-luan-dat/<int:pk>/thoi/", OrderWithdraw.as_view(), name="order_withdraw"),
    path("hoi-thao/<int:pk>/dat-bai/", OrderList.as_view(), name="paper_orders"),
    path("hoi-thao/<int:pk>/dat-bai/moi/", OrderCreate.as_view(), name="order_create"),
    path("tham-luan/<int:pk>/thu-tu/", PaperMove.as_view(), name="paper_move"),
]
