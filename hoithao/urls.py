"""Addresses of hoithao."""

app_name = "hoithao"
urlpatterns = []
