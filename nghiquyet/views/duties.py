"""List duties, give them, carry them through."""

from dataclasses import dataclass

from django.db.models import Case, When
from django.http import Http404
from django.urls import reverse

from hoithao.models import Meeting
from kyanh_portal.access.rules import verdict
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.files.keeping import check_upload
from kyanh_portal.parameters.parameter import values_for, values_on
from kyanh_portal.ui.views import PortalAction, PortalDetail, PortalEdit, PortalList
from nghiquyet.choices import DutyState, RequestState
from nghiquyet.figures.lights import count_cells, standing_of
from nghiquyet.figures.living import PARAMETERS, term_words
from nghiquyet.forms import living as forms
from nghiquyet.models import DeadlineRequest, Duty, DutyStep, Obstacle
from nghiquyet.services import duties as work
from nghiquyet.views.living import LIST, OfLiving, living_url, short_name


class DutyList(PortalList):
    model = Duty
    access = "nghiquyet.see_duties"
    filter_class = forms.DutyFilter
    template_name = "nghiquyet/duty_list.html"
    title = "Nhiệm vụ"
    sub = "Việc được giao theo nghị quyết và kiến nghị; quá hạn tính đến hôm nay."

    def get_crumbs(self):
        return [LIST]

    def get_rows(self):
        rows = super().get_rows().select_related("lead", "resolution__document").defer("resolution__document__content")
        over = Case(When(state__in=[DutyState.DONE, DutyState.CANCELLED], then=1), default=0)
        return rows.order_by(over, "due_on", "pk")  # what is still to be done first

    def get_context_data(self, **context):
        day = today()
        context = super().get_context_data(**context)
        paths = {duty.lead.path for duty in context["object_list"]}
        soon, lag = (values_for(name, day, paths) for name in ("duty.soon_days", "duty.lag_points"))
        for duty in context["object_list"]:
            duty.standing = standing_of(duty, day, soon[duty.lead.path], lag[duty.lead.path])
            duty.term = term_words(duty)
        context["cells"] = count_cells(Duty.objects.visible_to(self.request.user), day)
        return context


class DutyCreate(OfLiving, PortalEdit):
    """Give a duty under a khoản of an issued resolution: six clarities, one lead."""

    access = "nghiquyet.assign"
    form_class = forms.DutyForm
    title = "Giao nhiệm vụ"
    verb = "Giao nhiệm vụ"

    @property
    def clause(self):
        wanted = self.request.GET.get("khoan", "")
        return self.object.clauses.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 19 else None

    def get_sub(self):
        return (self.clause.text or self.clause.heading)[:200] if self.clause else short_name(self.object)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user, "organisation": self.object.organisation}

    def act(self, resolution, **answers):
        return work.give_duty(
            by=self.request.user,
            resolution=resolution,
            clause=self.clause,
            is_synthetic=resolution.is_synthetic,
            **answers,
        )


class OfDuty:
    model = Duty

    def get_queryset(self):
        rows = super().get_queryset().select_related(
            "lead__kind", "approver__kind", "resolution__organisation__kind", "resolution__document", "clause", "target",
            "supervision__organisation", "transferred_from", "clause__conclusion__meeting__kind",
        )  # fmt: skip
        return rows.defer("resolution__document__content")

    def get_crumbs(self):
        resolution = self.object.resolution
        parent = (short_name(resolution), living_url(resolution)) if resolution else ("Kiểm tra, giám sát", self.object.supervision.get_absolute_url())  # fmt: skip
        return [LIST, parent, ("Nhiệm vụ", self.object.get_absolute_url())]


def point_behind(user, duty):
    """The point of a workshop's conclusion this duty goes back to, where the user may read the workshop."""
    point = duty.clause.conclusion if duty.clause_id else None
    if point is None or verdict("hoithao.see_programmes", user) is not True:
        return None
    return point if Meeting.objects.visible_to(user).filter(pk=point.meeting_id).exists() else None


class DutyDetail(OfDuty, PortalDetail):
    access = "nghiquyet.see_duty"
    template_name = "nghiquyet/duty_detail.html"

    def get_crumbs(self):
        return super().get_crumbs()[:2]

    def get_context_data(self, **context):
        duty, user, day = self.object, self.request.user, today()
        settings = values_on(PARAMETERS, day, duty.lead.path)
        return super().get_context_data(
            standing=standing_of(duty, day, settings["duty.soon_days"], settings["duty.lag_points"]), term=term_words(duty),
            steps=DutyStep.objects.visible_to(user).filter(duty=duty).select_related("file", "by").order_by("-id"),
            requests=DeadlineRequest.objects.visible_to(user).filter(duty=duty).order_by("-id"),
            obstacles=Obstacle.objects.visible_to(user).filter(duty=duty).select_related("decider").order_by("-id"),
            origin=point_behind(user, duty), helpers=list(duty.helpers.all()), doing=doable(DO, duty), deciding=doable(DECIDE, duty), **context,
        )  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One step that a person may take: what the button says, in which states, with which form and service."""

    title: str
    verb: str
    consequence: str
    states: tuple
    form: type
    call: object
    is_main: bool = False
    recurring: bool = True
    said: str = ""  # what the page answers once it is done


OPEN = (DutyState.GIVEN, DutyState.RECEIVED, DutyState.DOING)
DO = {
    "tiep-nhan": Act("Tiếp nhận việc này?", "Tiếp nhận", "Từ nay việc tính là đã nhận.", (DutyState.GIVEN,), forms.PortalForm, lambda d, by: work.receive_duty(d, by=by), True, said="Đã tiếp nhận việc."),
    "nop": Act("Nộp sản phẩm", "Nộp sản phẩm", "Ngày nộp hôm nay là ngày hoàn thành, khi cơ quan giao việc xác nhận.", OPEN, forms.SubmitForm, lambda d, by, note, file: work.submit_duty(d, by=by, note=note, checked=file), True, False, said="Đã nộp sản phẩm, chờ xác nhận."),
    "tien-do": Act("Ghi tiến độ", "Ghi tiến độ", "", OPEN, forms.ProgressForm, lambda d, by, note, percent, file: work.note_progress(d, by=by, note=note, percent=percent, checked=file), said="Đã ghi tiến độ."),
    "xem-lai": Act("Đề nghị xem lại", "Gửi đề nghị", "Cơ quan giao việc trả lời: giao lại, sửa hoặc thôi.", (DutyState.GIVEN,), forms.WordForm, lambda d, by, reason: work.object_to_duty(d, by=by, reason=reason), said="Đã gửi đề nghị xem lại."),
    "lui-han": Act("Đề nghị lùi hạn", "Gửi đề nghị", "Thời hạn gốc vẫn giữ để thống kê.", (*OPEN, DutyState.PAUSED), forms.LaterForm, lambda d, by, new_due_on, reason: work.ask_later(d, by=by, new_due_on=new_due_on, reason=reason), False, False, said="Đã gửi đề nghị lùi hạn, chờ trả lời."),
    "vuong-mac": Act("Nêu vướng mắc", "Gửi vướng mắc", "Gửi đến cơ quan phải quyết định.", OPEN, forms.ObstacleForm, lambda d, by, **a: work.raise_obstacle(d, by=by, **a), said="Đã gửi vướng mắc đến cơ quan phải quyết định."),
}  # fmt: skip
DECIDE = {
    "xac-nhan": Act("Xác nhận hoàn thành?", "Xác nhận hoàn thành", "Ngày hoàn thành là ngày nộp sản phẩm.", (DutyState.SUBMITTED,), forms.NoteForm, lambda d, by, note: work.accept_duty(d, by=by, note=note), True, said="Đã xác nhận hoàn thành."),
    "tra-lai": Act("Trả lại, yêu cầu bổ sung", "Trả lại", "Ngày nộp không tính nữa.", (DutyState.SUBMITTED,), forms.WordForm, lambda d, by, reason: work.return_duty(d, by=by, reason=reason), said="Đã trả lại, ghi rõ cần bổ sung gì."),
    "mo-lai": Act("Mở lại việc đã xong", "Mở lại", "Hiếm khi cần; ghi rõ vì sao.", (DutyState.DONE,), forms.WordForm, lambda d, by, reason: work.return_duty(d, by=by, reason=reason), said="Đã mở lại việc."),
    "giao-lai": Act("Giao lại việc này?", "Giao lại", "Cơ quan chủ trì nhận lại việc, ngày giao tính từ hôm nay.", (DutyState.OBJECTED,), forms.NoteForm, lambda d, by, note: work.give_again(d, by=by, note=note), True, said="Đã giao lại việc."),
    "tra-loi-han": Act("Trả lời đề nghị lùi hạn", "Trả lời", "", (*OPEN, DutyState.PAUSED), forms.AnswerLaterForm, lambda d, by, granted, paper, answer: work.decide_later(waiting(d), by=by, granted=granted == "1", paper=paper, answer=answer), said="Đã trả lời đề nghị lùi hạn."),
    "tam-dung": Act("Tạm dừng", "Tạm dừng", "", (DutyState.RECEIVED, DutyState.DOING), forms.WordForm, lambda d, by, reason: work.pause_duty(d, by=by, reason=reason), said="Đã tạm dừng việc."),
    "lam-tiep": Act("Cho làm tiếp?", "Làm tiếp", "", (DutyState.PAUSED,), forms.PortalForm, lambda d, by: work.resume_duty(d, by=by), True, said="Việc được làm tiếp."),
    "chuyen": Act("Chuyển cơ quan chủ trì", "Chuyển", "Vẫn chỉ một cơ quan chủ trì; cơ quan cũ còn trong lịch sử.", (*OPEN, DutyState.PAUSED, DutyState.OBJECTED), forms.TransferForm, lambda d, by, lead, reason: work.transfer_duty(d, by=by, lead=lead, reason=reason), said="Đã chuyển cơ quan chủ trì."),
    "thoi": Act("Thôi thực hiện việc này?", "Thôi thực hiện", "Việc vẫn còn trong danh sách, ghi là không thực hiện.", (*OPEN, DutyState.PAUSED, DutyState.OBJECTED), forms.WordForm, lambda d, by, reason: work.cancel_duty(d, by=by, reason=reason), said="Đã ghi: thôi thực hiện việc này."),
}  # fmt: skip


def waiting(duty):
    """The request that waits for an answer; none: the page is gone."""
    request = duty.requests.filter(state=RequestState.ASKED).first()
    if request is None:
        raise work.RuleBroken("Không có đề nghị nào đang chờ.")
    return request


def doable(acts: dict, duty) -> list[tuple[str, Act]]:
    """What may be done in the duty's state, the main step first."""
    found = [
        (slug, act) for slug, act in acts.items() if duty.state in act.states and (act.recurring or not duty.cycle)
    ]
    if not duty.requests.filter(state=RequestState.ASKED).exists():
        found = [(slug, act) for slug, act in found if slug != "tra-loi-han"]
    else:
        found = [(slug, act) for slug, act in found if slug != "lui-han"]
    if not work.may_still_object(duty):
        found = [(slug, act) for slug, act in found if slug != "xem-lai"]
    return sorted(found, key=lambda pair: not pair[1].is_main)


class DutyAct(OfDuty, PortalAction):
    """One step of a duty, named in the address."""

    template_name = "nghiquyet/duty_act.html"

    acts: dict = {}

    @property
    def one(self) -> Act:
        act = self.acts.get(self.kwargs["act"])
        if act is None:
            raise Http404
        return act

    def get_title(self):
        return self.one.title

    def get_sub(self):
        return self.object.title

    def get_consequence(self):
        return self.one.consequence

    def before(self) -> list[tuple[str, str, object]]:
        """What the person must know to decide: (name, words, file) of what was asked, handed in or objected."""
        slug, duty = self.kwargs["act"], self.object
        if slug == "tra-loi-han" and (asked := duty.requests.filter(state=RequestState.ASKED).select_related("asked_by").first()):  # fmt: skip
            return [
                ("Hạn đang có", vn_date(asked.old_due_on), None),
                ("Xin lùi đến", vn_date(asked.new_due_on), None),
                ("Vì sao", asked.reason, None),
                ("Ai đề nghị", f"{asked.asked_by or duty.lead.label}, ngày {vn_date(asked.asked_on)}", None),
            ]
        what = {"xac-nhan": work.HANDED_IN, "tra-lai": work.HANDED_IN, "giao-lai": "Đề nghị xem lại"}.get(slug)
        step = duty.steps.filter(what=what).select_related("file", "by").last() if what else None
        if step is None:
            return []
        words = [("Sản phẩm phải có", duty.product, None)] if what == work.HANDED_IN else []
        return [
            *words,
            (what, step.note or "Chỉ gửi tệp", step.file),
            ("Ai gửi", f"{step.by or duty.lead.label}, ngày {vn_date(step.on)}", None),
        ]

    def get_form_class(self):
        return self.one.form

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.one.form is forms.ObstacleForm:
            kwargs["deciders"] = work.deciding_bodies(self.object)
        if self.one.form is forms.TransferForm:
            owner = (self.object.resolution or self.object.supervision).organisation
            kwargs |= {"user": self.request.user, "organisation": owner}
        return kwargs

    def get_context_data(self, **context):
        return super().get_context_data(verb=self.one.verb, before=self.before(), **context)

    def act(self, duty, **answers):
        if answers.get("file"):
            answers["file"] = check_upload(answers["file"], by=self.request.user)
        self.one.call(duty, self.request.user, **answers)
        return self.one.said

    def get_success_url(self):
        return reverse("nghiquyet:duty_detail", args=[self.object.pk])


class DutyDo(DutyAct):
    access = "nghiquyet.do_duty"
    acts = DO


class DutyDecide(DutyAct):
    access = "nghiquyet.approve_duty"
    acts = DECIDE


class ObstacleAnswer(PortalAction):
    model = Obstacle
    access = "nghiquyet.answer_obstacle"
    form_class = forms.AnswerForm
    title = "Trả lời vướng mắc"
    verb = "Trả lời"

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("decider__kind", "duty__lead", "duty__resolution", "duty__supervision")
        )

    def get_sub(self):
        return self.object.duty.title

    def get_consequence(self):
        return f"Nêu ngày {vn_date(self.object.raised_on)}: {self.object.text}"

    def get_crumbs(self):
        return [LIST, ("Nhiệm vụ", self.object.duty.get_absolute_url())]

    def act(self, obstacle, answer):
        work.answer_obstacle(obstacle, by=self.request.user, answer=answer)
        return "Đã trả lời vướng mắc."

    def get_success_url(self):
        return self.object.duty.get_absolute_url()
