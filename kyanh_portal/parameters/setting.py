"""Set a value from a day on."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line
from kyanh_portal.parameters.models import ParameterValue
from kyanh_portal.parameters.parameter import Parameter


@transaction.atomic
def set_parameter(
    parameter: Parameter, value, *, by, valid_from: dt.date, source: str, path="", place=""
) -> ParameterValue:
    """A new value in force from `valid_from`; earlier ones stay for the days before. Raises RuleBroken without a ground."""
    source = clean_line(source)
    if not source:
        raise RuleBroken("Ghi căn cứ: văn bản nào, ngày nào, hoặc ai quyết định.", field="source")
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    row = ParameterValue.objects.create(
        name=parameter.name, value=value, valid_from=valid_from, source=source, path=path, place=place, set_by=by
    )
    record("parameter.set", row, by=by, path=path, parameter=parameter.name, valid_from=valid_from.isoformat())
    return row
