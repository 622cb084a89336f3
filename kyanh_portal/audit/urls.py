"""Addresses of the trail."""

from django.urls import path

from kyanh_portal.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.TrailList.as_view(), name="list"),
    path("quyen/", views.RuleList.as_view(), name="rules"),
]
