"""Addresses of the reports."""

from django.urls import path

from kyanh_portal.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.RunList.as_view(), name="list"),
    path("moi/", views.Choose.as_view(), name="ask"),
    path("moi/<slug:code>/", views.Ask.as_view(), name="ask_for"),
    path("tap-in/", views.Batch.as_view(), name="batch"),
    path("<int:pk>/", views.RunDetail.as_view(), name="run_detail"),
    path("<int:pk>/lam-lai/", views.Again.as_view(), name="again"),
    path("<int:pk>/tep/<int:file>/", views.Download.as_view(), name="download"),
]
