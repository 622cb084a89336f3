"""An address whose view names no rule: start-up must refuse it."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("quen/", lambda request: HttpResponse(""), name="forgotten")]
