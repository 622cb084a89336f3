"""Addresses of lists brought in."""

from django.urls import path

from kyanh_portal.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.RunList.as_view(), name="list"),
    path("moi/<slug:code>/", views.Send.as_view(), name="send"),
    path("mau/<slug:code>/", views.Template.as_view(), name="template"),
    path("<int:pk>/", views.RunDetail.as_view(), name="run_detail"),
    path("<int:pk>/ghi/", views.Confirm.as_view(), name="confirm"),
    path("<int:pk>/bo/", views.Drop.as_view(), name="drop"),
]
