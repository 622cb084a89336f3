"""Addresses of the parameters."""

from django.urls import path

from kyanh_portal.parameters import views

app_name = "parameters"
urlpatterns = [
    path("", views.ParameterList.as_view(), name="parameter_list"),
    path("<str:name>/", views.ParameterDetail.as_view(), name="parameter_detail"),
    path("<str:name>/dat/", views.ParameterSet.as_view(), name="parameter_set"),
]
