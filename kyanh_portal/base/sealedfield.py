"""A model field whose values stand encrypted in the table."""

from django.core.exceptions import FieldError
from django.db import models

from kyanh_portal.base.sealed import seal, unseal


class SealedIntegerField(models.TextField):
    """A whole number, encrypted in the database (keys of FIELD_KEYS): read one by one, never sought or summed there."""

    description = "whole number, encrypted"

    def from_db_value(self, value, expression, connection):
        return None if value in (None, "") else int(unseal(value))

    def to_python(self, value):
        return None if value in (None, "") else int(value)

    def get_prep_value(self, value):
        return None if value in (None, "") else seal(str(int(value)))

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"A sealed number cannot be asked for with {lookup_name}.")
        return super().get_lookup(lookup_name)
