"""The account page: text size, role, and the ways to password, sessions and second factor."""

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from kyanh_portal.accounts.forms import ActiveRoleForm, TextSizeForm
from kyanh_portal.accounts.signals import account_event


class AccountHome(TemplateView):
    template_name = "accounts/home.html"
    extra_context = {"title": "Tài khoản của đồng chí"}

    def get_context_data(self, **context):
        return super().get_context_data(size_form=TextSizeForm(instance=self.request.user), **context)


class Choose(View):
    """Save one choice of the account page and come back to it."""

    form_class = None
    done = ""

    def post(self, request):
        form = self.form_class(request.POST, instance=request.user)
        if form.is_valid():
            form.save()
            account_event.send(
                type(self), verb="account.settings_chosen", user=request.user, facts={"field": form._meta.fields[0]}
            )
            messages.success(request, self.done)
        else:
            messages.warning(request, "Chọn một mục có trong danh sách.")
        return redirect("account_home")


class ChooseTextSize(Choose):
    form_class = TextSizeForm
    done = "Đã đổi cỡ chữ cho mọi trang của đồng chí."


class ChooseRole(Choose):
    form_class = ActiveRoleForm
    done = "Đã đổi vai trò."


class Sessions(ListUserSessionsView):
    """Where the account is signed in; ending the others is told to the trail."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        account_event.send(type(self), verb="account.sessions_ended", user=self.request.user)
        return answer


@method_decorator(login_not_required, name="dispatch")
class Help(TemplateView):
    """Who cannot sign in calls the administrator: there is no way in by mail."""

    template_name = "accounts/help.html"
    extra_context = {"title": "Không đăng nhập được"}
