"""Addresses of the front page."""

from django.urls import path

from kyanh_portal.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("muc/", views.More.as_view(), name="more"),
]
