"""Kinds of decisions cite the regulation in force on the day: 29-QĐ/TW, 24-QĐ/TW, 294-QĐ/TW, 208-QĐ/TW.

The thresholds are the same in all of them as far as known; the texts of 29, 24 and 208 were not read point by point, and
232-QĐ/TW (20/01–30/6/2025) and 20-QĐ/TW (08/4–25/7/2026) not at all: their time stands under the regulation before each.
A kind that staff have changed already is left as it is.
"""

import datetime as dt

from django.db import migrations

LEDGER = {"THUONG": "Quy định 294-QĐ/TW điểm 9.3", "KY_LUAT": "Quy định 294-QĐ/TW điểm 9.3"}
LEDGER |= dict.fromkeys(("KET_NAP", "CONG_NHAN", "XOA_TEN", "KHAI_TRU"), "Quy định 294-QĐ/TW điểm 9.3.4; 06-HD/TW")
FROM_2025, TO_2026 = dt.date(2025, 7, 1), dt.date(2026, 7, 25)
OTHERS = [
    ("Quy định 29-QĐ/TW, ngày 25/7/2016 (chưa đối chiếu số điểm)", None, dt.date(2021, 7, 29)),
    ("Quy định 24-QĐ/TW, ngày 30/7/2021, mục 9.3 (từ 20/01/2025: 232-QĐ/TW, chưa đối chiếu)", dt.date(2021, 7, 30), dt.date(2025, 6, 30)),
    ("Quy định 208-QĐ/TW, ngày 26/7/2026 (chưa đối chiếu số điểm)", dt.date(2026, 7, 26), None),
]  # fmt: skip
SCREENING, SCREENED_FROM = "RA_SOAT", dt.date(2021, 4, 12)


def date_them(apps, schema_editor):
    kinds = apps.get_model("hoithao", "DecisionKind")
    for code, source in LEDGER.items():
        rows = list(kinds.objects.filter(code=code))
        if len(rows) != 1 or (rows[0].valid_from, rows[0].valid_to, rows[0].source) != (None, None, source):
            continue
        row = rows[0]
        kinds.objects.filter(pk=row.pk).update(valid_from=FROM_2025, valid_to=TO_2026)
        for other, first, last in OTHERS:
            kinds.objects.create(
                code=code, name=row.name, order=row.order, threshold=row.threshold, is_secret=row.is_secret,
                is_election=row.is_election, source=other, valid_from=first, valid_to=last,
            )  # fmt: skip
    screening = kinds.objects.filter(code=SCREENING)
    if screening.count() == 1:
        screening.filter(valid_from=None).update(valid_from=SCREENED_FROM)


class Migration(migrations.Migration):
    dependencies = [("hoithao", "0022_half_years_and_conferences")]
    operations = [migrations.RunPython(date_them, migrations.RunPython.noop)]
