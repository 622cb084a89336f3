"""Papers asked for a workshop that the user still has to send, or to read; around meetings: due_around."""

from hoithao import due_around, due_scores  # noqa: F401 - registers what is due around meetings, and scores
from hoithao.choices import OrderState
from hoithao.models import PaperOrder
from kyanh_portal.access.rules import verdict
from kyanh_portal.reminders.due import DueItem, add_source


def awaited_papers(user, day):
    """Papers to send for units of the user; for the office, papers sent and not yet read."""
    orders = PaperOrder.objects.visible_to(user).exclude(meeting__status__in=["closed", "cancelled"])
    orders = orders.filter(state__in=[OrderState.ORDERED, OrderState.CHANGES, OrderState.SENT])
    for order in orders.select_related("organisation", "meeting__organisation", "meeting__kind").order_by("due_on")[
        :200
    ]:
        if order.is_awaited and verdict("hoithao.send_paper", user, order) is True:
            reviews = verdict("hoithao.review_paper", user, order) is True
            if reviews and order.due_on >= day:
                continue  # the office is told of a unit's paper only once it is late
            what = "Sửa và gửi lại tham luận" if order.state == OrderState.CHANGES else "Gửi tham luận"
            yield DueItem(
                due_on=order.due_on, title=f"{what}: {order.subject}", url=order.get_absolute_url(), place=order.organisation.name,
                why=f"Cấp ủy đặt bài cho {order.meeting.name[:1].lower()}{order.meeting.name[1:]}", step="Gửi bài",
            )  # fmt: skip
        elif order.state == OrderState.SENT and verdict("hoithao.review_paper", user, order) is True:
            yield DueItem(
                due_on=order.due_on, title=f"Đọc tham luận: {order.subject}", url=order.get_absolute_url(),
                place=order.organisation.name, why="Đơn vị đã gửi bài, chờ nhận hoặc yêu cầu sửa", step="Đọc bài",
            )  # fmt: skip


add_source("workshop_papers", "Tham luận hội thảo", awaited_papers)
