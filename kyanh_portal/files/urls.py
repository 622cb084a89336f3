"""Addresses of attached files."""

from django.urls import path

from kyanh_portal.files import views

app_name = "files"
urlpatterns = [path("<uuid:key>/", views.Download.as_view(), name="download")]
