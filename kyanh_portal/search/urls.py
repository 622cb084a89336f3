"""Address of the search."""

from django.urls import path

from kyanh_portal.search import views

app_name = "search"
urlpatterns = [path("", views.Search.as_view(), name="search")]
