"""The words of a sơ kết or tổng kết report, parts I to VII, filled from a frozen evaluation; "…" is left to people."""

import datetime as dt

from kyanh_portal.base.calendar import vn_date
from nghiquyet.choices import Light, Measure, Outcome, ReviewSort
from nghiquyet.figures.judging import number
from nghiquyet.figures.reviews import headline_words
from nghiquyet.figures.tables import shown

MOST = 12  # lines of a kind named in the text; all stand in the annexes


def text_of(snapshot: dict, sort: str) -> str:
    """Typed lines as the composer of outgoing papers reads them."""
    parts = [_opening(snapshot), *_leading(snapshot), *_targets(snapshot), *_duties(snapshot), *_checks(snapshot)]
    parts += [*_failings(snapshot), *_lessons(snapshot), *_ahead(sort)]
    return "\n".join(parts)


def _opening(s) -> str:
    day = vn_date(dt.date.fromisoformat(s["day"]))
    return f"Thực hiện Nghị quyết số {s['resolution']['paper']} {s['resolution']['title']}, {s['resolution']['issuer']} báo cáo kết quả, số liệu tính đến ngày {day}."


def _leading(s) -> list[str]:
    study, papers = s["study"], s["papers"]
    lines = ["I- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT, CỤ THỂ HÓA", "1. Học tập, quán triệt"]
    if study["sessions"]:
        share = f" ({_share(study['attended'], study['summoned'])})" if study["summoned"] else ""
        lines.append(
            f"{study['held']}/{study['cells']} chi bộ đã học tập, quán triệt; {number(study['attended'])}/{number(study['summoned'])} lượt được triệu tập"
            f" đã dự{share}."
        )
    else:
        lines.append("Chưa có buổi học tập, quán triệt nào được ghi trong hệ thống.")
    lines.append("2. Cụ thể hóa")
    if papers or study["taken_units"]:
        lines.append(f"{study['taken_units']} đơn vị đã cụ thể hóa; {len(papers)} văn bản, việc cụ thể (Phụ lục 3).")
    else:
        lines.append("Chưa đơn vị nào ghi văn bản cụ thể hóa trong hệ thống.")
    return lines


def _targets(s) -> list[str]:
    rows = s["targets"]
    lines = ["II- KẾT QUẢ THỰC HIỆN MỤC TIÊU, CHỈ TIÊU"]
    if not rows:
        return [*lines, "Nghị quyết chưa đặt chỉ tiêu theo dõi trong hệ thống."]
    groups = "; ".join(f"{word.lower()} {count}" for _, word, count in s["headline"]["groups"] if count)
    lines.append(f"{headline_words(s['headline'])}, tính trên tất cả chỉ tiêu của Nghị quyết: {groups} (Phụ lục 1).")
    for row in rows[:MOST]:
        actual = _actual(row) if row["value"] else row["achieved"] or "chưa có số liệu"
        why = f" ({row['why']})" if row["outcome"] == Outcome.DROPPED else ""
        lines.append(f"- {row['text']}: {actual}; đánh giá: {row['word'].lower()}{why}.")
    return lines


def _actual(row) -> str:
    """93,6% năm 2021 (45.115/48.207); a share names what it was counted from, or that the body in charge gave it."""
    words = f"{shown(row['value'], row['places'], row['unit'])} {row['period']}"
    if row["override_why"]:
        words += " (số của cơ quan phụ trách)"
    elif row["measure"] == Measure.RATE and row["denominator"]:
        words += f" ({shown(row['numerator'])}/{shown(row['denominator'])})"
    return f"{words}; cả kỳ {shown(row['total'], row['places'], row['unit'])}" if row["total"] else words


def _duties(s) -> list[str]:
    cells = s["cells"]
    lines = ["III- KẾT QUẢ THỰC HIỆN NHIỆM VỤ, GIẢI PHÁP"]
    if not cells["all"] and not cells["idle"]:
        return [*lines, "Chưa giao nhiệm vụ nào trong hệ thống."]
    lines.append(
        f"Đã giao và đang theo dõi {cells['all']} nhiệm vụ: hoàn thành {cells['done']} (đúng hạn {cells['done_on_time']}, quá hạn"
        f" {cells['done_late']}); đang thực hiện {cells['running']} (trong hạn {cells['in_time']}, quá hạn {cells['overdue']}) (Phụ lục 2)."
    )
    if cells["idle"]:
        lines.append(f"Ngoài ra {cells['idle']} nhiệm vụ chưa bắt đầu, tạm dừng hoặc thôi thực hiện.")
    done = [d for d in s["duties"] if d["light"] in (Light.DONE_ON_TIME, Light.DONE_LATE)]
    lines += [f"- {d['title']} ({d['lead']}): {d['words'].lower()}{_after(d['result'])}" for d in done[:MOST]]
    return lines


def _checks(s) -> list[str]:
    lines = ["IV- KIỂM TRA, GIÁM SÁT"]
    if not s["supervisions"]:
        return [*lines, "Chưa có cuộc kiểm tra, giám sát việc thực hiện Nghị quyết nào đã ra thông báo."]
    return lines + [f"- {form} {title}: {state.lower()}; {n} kiến nghị được theo dõi." for form, title, state, n in s["supervisions"]]  # fmt: skip


def _failings(s) -> list[str]:
    lines = ["V- HẠN CHẾ, KHUYẾT ĐIỂM; NGUYÊN NHÂN", "1. Hạn chế, khuyết điểm"]
    missed = [r for r in s["targets"] if r["outcome"] == Outcome.MISSED]
    late = [d for d in s["duties"] if d["light"] == Light.OVERDUE]
    bare = [r for r in s["targets"] if r["outcome"] in (Outcome.NO_DATA, Outcome.INCOMPLETE)]
    lines += [f"- Chỉ tiêu không đạt: {r['text']}." for r in missed[:MOST]]
    lines += [f"- Nhiệm vụ quá hạn {d['days']} ngày: {d['title']} ({d['lead']})." for d in late[:MOST]]
    lines += [f"- Chưa đủ số liệu để đánh giá: {r['text']}." for r in bare[:MOST]]
    if not missed and not late and not bare:
        lines.append("…")
    lines += [f"- Vướng mắc chưa được trả lời: {d['obstacle']}" for d in s["duties"] if d["obstacle"]][:MOST]
    return [*lines, "2. Nguyên nhân", "a) Khách quan: …", "b) Chủ quan: …"]


def _lessons(s) -> list[str]:
    return ["VI- BÀI HỌC KINH NGHIỆM; MÔ HÌNH, CÁCH LÀM HAY", "…"]


def _ahead(sort) -> list[str]:
    head = "VII- PHƯƠNG HƯỚNG, NHIỆM VỤ; ĐỀ XUẤT, KIẾN NGHỊ"
    first = "1. Phương hướng, nhiệm vụ" if sort == ReviewSort.END else "1. Nhiệm vụ thời gian tới"
    return [head, first, "…", "2. Đề xuất, kiến nghị", "…"]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%".replace(".", ",").replace(",0%", "%")


def _after(note: str) -> str:
    note = " ".join(note.split()).rstrip(".")
    return f". {note[:200]}." if note else "."
