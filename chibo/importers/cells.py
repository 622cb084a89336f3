"""What importers share: dates as people write them, and units found by code or by name."""

import datetime as dt
import re
from collections import defaultdict
from functools import lru_cache

from chibo.choices import Precision
from kyanh_portal.base.calendar import FIRST_YEAR, LAST_YEAR, vn_date
from kyanh_portal.base.vietnamese import fold

DATE_HELP = "Ghi 12/5/1952; chỉ biết tháng thì 5/1952; chỉ biết năm thì 1952."


@lru_cache(maxsize=20_000, typed=True)  # a list names the same days over and over
def date_in(value) -> tuple[dt.date, str] | None:
    """A cell → (date, precision); None where empty. Raises ValueError with the sentence for the person."""
    if value in ("", None):
        return None
    if isinstance(value, dt.date):
        found, known = value, Precision.DAY
    else:
        text = str(value)
        if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            parts, known = [int(part) for part in match.groups()], Precision.DAY
        elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{4})", text):
            parts, known = [1, *(int(part) for part in match.groups())], Precision.MONTH
        elif re.fullmatch(r"\d{4}", text):
            parts, known = [1, 1, int(text)], Precision.YEAR
        elif match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            parts, known = [int(part) for part in reversed(match.groups())], Precision.DAY
        else:
            raise ValueError(f"“{text[:30]}” chưa phải ngày. {DATE_HELP}")
        try:
            found = dt.date(parts[2], parts[1], parts[0])
        except ValueError:
            raise ValueError(f"Không có ngày {text[:30]}. Kiểm tra lại ngày, tháng.") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"Năm {found.year} chưa đúng. Ghi lại năm, bốn chữ số.")
    return found, known


def date_words(day: dt.date | None, known: str) -> str:
    """As much of a date as is known, as the portal writes it."""
    if day is None:
        return ""
    return str(day.year) if known == Precision.YEAR else f"{day.month}/{day.year}" if known == Precision.MONTH else vn_date(day)  # fmt: skip


class Units:
    """Units by code, and by name with the name of the superior where several have it."""

    def __init__(self, rows):
        self.by_code, self.by_name, self.asked = {}, defaultdict(list), {}
        for unit in rows:
            if unit.code:
                self.by_code[fold(unit.code)] = unit
            for name in {fold(unit.name), fold(unit.short_name)} - {""}:
                self.by_name[name].append(unit)

    def find(self, text: str, above: str = ""):
        """The unit; raises ValueError with the sentence when there is none, or more than one. A list names few, often."""
        if (text, above) not in self.asked:
            self.asked[text, above] = self._find(text, above)
        return self.asked[text, above]

    def _find(self, text: str, above: str):
        wanted = fold(text)
        if wanted in self.by_code:
            return self.by_code[wanted]
        found = self.by_name.get(wanted) or self.by_name.get(wanted.removeprefix("chi bo ").strip(), [])
        if above and len(found) > 1:
            higher = fold(above)
            found = [one for one in found if one.parent_id and higher in (fold(one.parent.name), fold(one.parent.short_name))]  # fmt: skip
        if not found:
            raise ValueError(f"Không thấy “{text[:60]}” trong phạm vi đồng chí phụ trách. Ghi đúng tên hoặc mã.")
        if len(found) > 1:
            raise ValueError(f"Có {len(found)} đơn vị tên “{text[:60]}”. Ghi thêm cột “Đảng bộ cấp trên”, hoặc ghi mã.")
        return found[0]
