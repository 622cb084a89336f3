"""Addresses of nghiquyet."""

app_name = "nghiquyet"
urlpatterns = []
