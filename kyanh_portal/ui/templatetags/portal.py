"""Words and marks of the pages."""

from django import template

register = template.Library()
