"""Views that say what, not how.

Each names its `access` rule. A rule that takes an object is asked once the object is found; what is out of
scope is not found (404), what is not allowed is refused with its reason (403).
"""

import hashlib
import json
import uuid

from django.apps import apps
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import DetailView, FormView, ListView, TemplateView
from django.views.generic.base import ContextMixin

from kyanh_portal.access.rules import require, rules
from kyanh_portal.base.errors import Conflict, RuleBroken
from kyanh_portal.base.parking import parked
from kyanh_portal.base.retrying import whole
from kyanh_portal.ui.forms import PortalForm
from kyanh_portal.ui.models import Receipt

_NOT_SAID = ("csrfmiddlewaretoken", "once")
SENT_BEFORE = "Trang này đã gửi một lần với nội dung khác, lần ấy đã ghi. Xem lại chữ dưới đây rồi bấm ghi lần nữa."


def constraint_sentence(error: IntegrityError) -> str:
    """What the constraint that refused a row says of itself."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return "Máy chủ không ghi được vì trùng hoặc trái với điều đã ghi. Tải lại trang, xem lại rồi gửi lần nữa."


class AccessMixin:
    """Asks the rule named by `access` before anything else happens."""

    access: str = ""

    def dispatch(self, request, *args, **kwargs):
        if not rules.get(self.access).needs_object:
            require(self.access, request.user)
        return super().dispatch(request, *args, **kwargs)

    def allowed(self, target):
        """`target`, once the rule agreed to it."""
        if rules.get(self.access).needs_object:
            require(self.access, self.request.user, target)
        return target


class PageMixin(AccessMixin, ContextMixin):
    """Title, line below it and crumbs of a page; a method may take the place of each."""

    title = ""
    sub = ""

    def get_title(self):
        return self.title

    def get_sub(self):
        return self.sub

    def get_crumbs(self):
        """(label, address) pairs from the front page to the parent of this page."""
        return []

    def get_context_data(self, **context):
        context.setdefault("title", self.get_title())
        context.setdefault("sub", self.get_sub())
        context.setdefault("crumbs", self.get_crumbs())
        return super().get_context_data(**context)


class PortalPage(PageMixin, TemplateView):
    """A page that is not about one row."""


class FoundMixin(AccessMixin):
    """The row the page is about, sought only among what the user may see."""

    model = None
    queryset = None

    def get_queryset(self):
        rows = self.queryset if self.queryset is not None else self.model.objects
        return rows.visible_to(self.request.user)

    def get_object(self, queryset=None):
        found = getattr(self, "_found", None)
        if found is None:
            found = get_object_or_404(queryset if queryset is not None else self.get_queryset(), pk=self.kwargs["pk"])
            self._found = self.allowed(found)
        return found


class PortalDetail(FoundMixin, PageMixin, DetailView):
    """One row, for those in whose scope it lies."""

    def get_title(self):
        return str(self.object)


class CountedUpTo(Paginator):
    """Counts the rows of a query up to `most`: what lies beyond is found by a filter, and no page waits for its count."""

    most = 5000

    @cached_property
    def count(self):
        rows = self.object_list
        if not isinstance(rows, QuerySet) or rows.query.combinator:
            return super().count
        found = rows.order_by().values("pk")[: self.most + 1].count()
        self.has_more = found > self.most
        return min(found, self.most)


class PortalList(PageMixin, ListView):
    """Rows of the user's scope, 25 a page, narrowed by an optional GET form (`filter_class`)."""

    paginate_by = 25
    paginator_class = CountedUpTo
    filter_class = None

    def get_rows(self):
        """The visible rows before the filter; override to add related rows or another order."""
        return self.model.objects.visible_to(self.request.user)

    def get_queryset(self):
        rows = self.get_rows()
        self.filter = self.filter_class(self.request.GET or None, user=self.request.user) if self.filter_class else None
        return self.filter.narrow(rows) if self.filter else rows

    def paginate_queryset(self, queryset, page_size):
        try:
            return super().paginate_queryset(queryset, page_size)
        except Exception:  # a page number out of range or not a number: the first page answers
            self.kwargs["page"] = 1
            return super().paginate_queryset(queryset, page_size)

    def get_context_data(self, **context):
        return super().get_context_data(filter=self.filter, **context)


class ActMixin:
    """A form whose answers go to one service call; sent twice it is done once.

    Sent after the session had ended, it waits (base.parking) and is shown again, filled, after signing in.
    """

    keeps_texts = True
    is_parked = False
    new_key = None

    form_class = PortalForm
    template_name = "components/form_page.html"
    verb = "Ghi"
    success_message = ""

    def dispatch(self, request, *args, **kwargs):
        if request.method == "GET" and (post := parked(request)) is not None:
            request.POST, self.is_parked = post, True
            messages.info(request, "Chữ vừa gõ vẫn còn ở đây, chưa ghi. Xem lại rồi bấm nút.")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "data": self.request.POST} if self.is_parked else kwargs

    def act(self, *args, **answers):
        """Call the service. Return None, a message for the user, or the row to show next."""
        raise NotImplementedError  # pragma: no cover

    def get_success_url(self):
        target = getattr(self, "done", None) or getattr(self, "_found", None)
        return target.get_absolute_url()

    def get_context_data(self, **context):
        context.setdefault("verb", self.verb)
        context.setdefault("once", self.new_key or self.sent_key or uuid.uuid4())
        return super().get_context_data(**context)

    @property
    def sent_key(self) -> uuid.UUID | None:
        """The one-time key that came with the form."""
        try:
            return uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return None

    def post(self, request, *args, **kwargs):
        """The second press of one form is led where the first went, though the page would offer other answers by now."""
        if key := self.sent_key:
            earlier = (
                Receipt.objects.filter(user=request.user, key=key, digest=self.sent_digest).exclude(answer="").first()
            )
            if earlier is not None:
                return HttpResponseRedirect(earlier.answer)
        return super().post(request, *args, **kwargs)

    def call(self, form):
        return self.act(**form.cleaned_data)

    @property
    def sent_digest(self) -> str:
        """What was sent, whole: the same key with another body is another wish."""
        sent = sorted((name, values) for name, values in self.request.POST.lists() if name not in _NOT_SAID)
        return hashlib.sha256(json.dumps([self.request.path, sent]).encode()).hexdigest()

    def once(self, form, key) -> str:
        """Act, keep the receipt, and return the address to go on to."""
        receipt = Receipt.objects.create(
            user=self.request.user, key=key, path=self.request.path[:300], digest=self.sent_digest
        )
        answer = self.call(form)
        if isinstance(answer, str):
            messages.success(self.request, answer)
        elif answer is not None:
            self.done = answer
            if self.success_message:
                messages.success(self.request, self.success_message)
        receipt.answer = str(self.get_success_url())
        receipt.save(update_fields=["answer"])
        return receipt.answer

    def form_valid(self, form):
        key = self.sent_key or uuid.uuid4()
        try:
            return HttpResponseRedirect(whole(lambda: self.once(form, key)))
        except IntegrityError as error:
            earlier = Receipt.objects.filter(user=self.request.user, key=key).first()
            if earlier is None:
                return self.refused(form, RuleBroken(constraint_sentence(error)))
            if earlier.digest not in ("", self.sent_digest):
                self.new_key = uuid.uuid4()
                return self.refused(form, Conflict(SENT_BEFORE), status=409)
            return HttpResponseRedirect(earlier.answer)
        except DataError:
            return self.refused(form, RuleBroken("Có giá trị dài hoặc lớn quá mức ghi được. Sửa rồi gửi lại."))
        except Conflict as broken:
            return self.refused(form, broken, status=409)
        except RuleBroken as broken:
            return self.refused(form, broken)

    def refused(self, form, broken, status=422):
        form.add_rule_broken(broken)
        return self.render_to_response(self.get_context_data(form=form, missing=broken.missing), status=status)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PortalCreate(ActMixin, PageMixin, FormView):
    """A new row: `act(**answers)` calls the service and returns the row."""


class PortalEdit(ActMixin, FoundMixin, PageMixin, FormView):
    """Change a row: `act(row, **answers)` calls the service."""

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context):
        return super().get_context_data(object=self.object, **context)

    def call(self, form):
        return self.act(self.object, **form.cleaned_data)


class PortalAction(PortalEdit):
    """An act that wants to be confirmed: its page states the consequence, its button is a verb."""

    template_name = "components/action_form.html"
    consequence = ""

    def get_consequence(self):
        return self.consequence

    def get_context_data(self, **context):
        context.setdefault("consequence", self.get_consequence())
        return super().get_context_data(**context)
