"""Addresses of chibo."""

app_name = "chibo"
urlpatterns = []
