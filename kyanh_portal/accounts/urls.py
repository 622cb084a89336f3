"""Addresses of the account pages."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("vao/", views.login, name="account_login"),
    path("ra/", views.logout, name="account_logout"),
]
