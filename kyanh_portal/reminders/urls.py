"""Address of the list of what is due."""

from django.urls import path

from kyanh_portal.reminders import views

app_name = "reminders"
urlpatterns = [path("", views.DueList.as_view(), name="due_list")]
