"""Of each field about a person: how sensitive it is, what it is kept for, who sees it, how it is shown. One place.

Read by the member's page, the export, the own-data page, the log (fields not plain are only named, never told) and the
processing register; a test fails on a field of a model about a member that is not here. Classes of members.md 4.1:
B basic personal data, S sensitive, M kept under the Party's secrecy rules; T technical, says nothing about a person.
The register as a whole is S: that somebody is a member is itself political data (NĐ 356/2025, art. 4).
"""

from dataclasses import dataclass

from chibo.choices import DECIDING, KEEPERS, Role
from kyanh_portal.access.scope import scope_of

EVERYONE = ("all",)  # whoever sees the member


@dataclass(frozen=True)
class FieldClass:
    """`level`: B, S, M or T. `mask`: shown in full only with a reason. `exported`: may stand in a list that goes out.
    `told`: its values stand in the log (dates that decide who is counted); of all others only the name does.
    """

    level: str
    purpose: str = ""
    seen_by: tuple = EVERYONE
    mask: bool = False
    exported: bool = False
    told: bool = False


TECHNICAL = FieldClass("T")
ROLL = "Danh sách chi bộ, tính số được triệu tập, biểu quyết"
AGE = "Tính tuổi đảng, xét Huy hiệu Đảng"
MOVE = "Theo dõi chuyển sinh hoạt đảng"
OWN = "Trả lời người có dữ liệu"

_ROLL = FieldClass("S", ROLL, exported=True)
_COUNTED = FieldClass("S", ROLL, exported=True, told=True)
_DATES = FieldClass("S", AGE, exported=True)
_DATES_TOLD = FieldClass("S", AGE, exported=True, told=True)
_MOVE = FieldClass("S", MOVE)
_PENALTY = FieldClass("S", "Tính thời gian chưa xét Huy hiệu Đảng; không giữ lý do", DECIDING)
_PROFILE = FieldClass("S", "Thống kê cơ cấu đảng viên; dưới ba người không nêu số", DECIDING)
_ASKED = FieldClass("S", OWN, KEEPERS)
_FEE = FieldClass("S", "Thu đảng phí; chỉ người thu và người kiểm tra xem", (Role.CELL_SECRETARY, Role.INSPECTION))
_GROW = FieldClass("S", "Giúp đỡ, xét kết nạp; tính hạn từng bước", DECIDING)

CLASSES: dict[str, dict[str, FieldClass]] = {
    "chibo.Member": {
        "full_name": FieldClass("B", ROLL, exported=True), "sex": FieldClass("B", "Thống kê", exported=True),
        "born_on": FieldClass("B", "Phân biệt người trùng tên, thống kê độ tuổi", exported=True), "born_precision": TECHNICAL,
        "organisation": _ROLL, "joined_on": _COUNTED, "left_on": _COUNTED, "user": FieldClass("S", "Đăng nhập", KEEPERS),
        "admitted_on": _DATES_TOLD, "admitted_precision": TECHNICAL, "official_on": _DATES_TOLD, "official_precision": TECHNICAL,
        "decided_on": _DATES, **dict.fromkeys(("card_issued_on", "card_place"), FieldClass("S", "Theo dõi phát thẻ", DECIDING, exported=True)),
        "file_number": FieldClass("S", "Đối chiếu với hồ sơ giấy, phân biệt người trùng tên", KEEPERS),
        "sort_key": FieldClass("B", "Xếp theo tên"), "search_key": FieldClass("B", "Tìm theo tên"), "is_synthetic": TECHNICAL,
    },
    "chibo.MemberIdentity": {
        "member": TECHNICAL, "sealed": FieldClass("B", "Số thẻ đảng viên; tìm đúng người khi đối chiếu", KEEPERS, mask=True),
        "trace": FieldClass("B", "Tìm theo số", KEEPERS), "shown": FieldClass("B", "Nhận ra số", KEEPERS, mask=True),
    },
    "chibo.MemberProfile": {
        "member": _PROFILE, "other_name": FieldClass("B", "Nhận đúng người", DECIDING),
        **dict.fromkeys(("home", "lives_in"), FieldClass("B", "Thống kê; liên hệ nơi cư trú", DECIDING)),
        **dict.fromkeys(("ethnicity", "religion"), _PROFILE),
        **dict.fromkeys(("occupation", "schooling", "degree", "theory"), FieldClass("B", "Thống kê", DECIDING)),
    },
    "chibo.DossierPaper": dict.fromkeys(("member", "number", "state", "on"), FieldClass("S", "Kiểm đếm hồ sơ giấy; không giữ bản quét, nội dung", DECIDING)),
    "chibo.OldCard": {
        "member": TECHNICAL, "sealed": FieldClass("B", "Số thẻ cũ; đối chiếu khi đổi thẻ", KEEPERS, mask=True), "trace": FieldClass("B", "Tìm theo số", KEEPERS),
        "shown": FieldClass("B", "Nhận ra số", KEEPERS, mask=True), **dict.fromkeys(("issued_at", "issued_on"), FieldClass("S", "Theo dõi phát thẻ", DECIDING)),
    },
    "chibo.Reward": dict.fromkeys(("member", "kind", "giver", "decided_on", "decision", "for_what"), FieldClass("B", "Sổ khen thưởng của Đảng")),
    "chibo.StandingPeriod": {"member": TECHNICAL, "standing": _ROLL, "starts_on": _ROLL, "ends_on": _ROLL, "decision": _ROLL},
    "chibo.Placement": {"member": TECHNICAL, "organisation": _MOVE, "role": _MOVE, "starts_on": _MOVE, "ends_on": _MOVE, "document": _MOVE},
    "chibo.Exit": {
        name: FieldClass("S", "Tính tuổi đảng, hạn khiếu nại, hồ sơ nộp lên", DECIDING)
        for name in ("member", "reason", "left_on", "decision", "told_on", "filed_on", "readmitted_on")
    },
    "chibo.Gap": {"member": TECHNICAL, "starts_on": _DATES, "ends_on": _DATES, "why": FieldClass("S", AGE, DECIDING)},
    "chibo.AgeDecision": {"member": TECHNICAL, **dict.fromkeys(("counts_from", "decided_on", "decision", "authority"), FieldClass("S", AGE))},
    "chibo.Badge": {"member": TECHNICAL, "years": _DATES, "number": _DATES, "awarded_on": _DATES, "decision": _DATES},
    "chibo.CardStep": {"member": TECHNICAL, **dict.fromkeys(("state", "taken_on", "paper"), FieldClass("S", "Theo dõi phát, đổi, thu hồi thẻ; không giữ số, ảnh", DECIDING))},
    "chibo.RecognitionVote": dict.fromkeys(("member", "matter", "level", "on", "base", "votes", "passed", "from_minutes", "paper"), FieldClass("S", "Xét công nhận đảng viên chính thức", DECIDING)),
    "chibo.Discipline": dict.fromkeys(("member", "penalty", "decided_on", "decision", "ends_on"), _PENALTY),
    "chibo.Complaint": dict.fromkeys(("discipline", "exit", "level", "received_on", "answered_on", "outcome"), FieldClass("S", "Theo dõi hạn trả lời khiếu nại kỷ luật, xóa tên; không giữ nội dung", DECIDING)),
    "chibo.Position": {
        name: FieldClass("S", "Ai giữ chức vụ, ai ký văn bản", exported=True)
        for name in ("organisation", "member", "post", "starts_on", "ends_on", "term")
    },
    "chibo.Transfer": dict.fromkeys(("member", "kind", "state", "source", "target", "elsewhere", "ground", "moved_on", "fee_until", "sent_on", "received_on", "returns_on", "slip_on", "back_on", "reported_on", "refused_on", "refused_because"), _MOVE),
    "chibo.DataRequest": dict.fromkeys(("member", "path", "kind", "about", "text", "ground", "asked_by", "asked_on", "due_on", "is_granted", "answer", "answered_at", "answered_by"), _ASKED),
    "chibo.FeeStanding": dict.fromkeys(("member", "starts_on", "group", "base", "extra_pay", "reduction", "reduced_until", "ground"), _FEE),
    "chibo.FeeLine": dict.fromkeys(("ledger", "member", "group", "base", "rate", "source", "reduction", "due", "paid", "extra", "extra_ground", "paid_on", "channel", "receipt", "state"), _FEE),
    "chibo.LatePayment": dict.fromkeys(("line", "ledger", "amount", "paid_on", "channel", "receipt"), _FEE),
    "chibo.Candidate": dict.fromkeys(("organisation", "full_name", "born_on", "sex", "is_youth", "stage", "stage_on", "helper", "certificate_number", "certificate_on", "dossier_on", "consent", "schooling", "introducer", "introducer_since", "second_introducer", "second_since", "union_resolution", "verifies_abroad", "member", "sort_key"), _GROW) | {"is_synthetic": TECHNICAL},
    "chibo.CandidateStep": dict.fromkeys(("candidate", "stage", "on", "paper", "base", "votes", "passed"), _GROW),
    "chibo.Finding": dict.fromkeys(("form", "code", "text", "member", "owner", "due_on", "state", "done_on", "result"), FieldClass("M", "Khắc phục sau rà soát; không kể chuyện", DECIDING)),
    "chibo.HelpCase": dict.fromkeys(("organisation", "member", "code", "finding", "state", "found_on", "directed_on", "direction", "voted_on", "base", "votes", "resolution", "helper", "due_on", "ended_on", "outcome_paper"), FieldClass("M", "Giáo dục, giúp đỡ; chỉ ngày, phiếu, số văn bản", DECIDING)) | {"is_synthetic": TECHNICAL},
    "chibo.Rating": dict.fromkeys(("session", "member", "not_rated", "self_level", "level", "votes", "final", "common_points", "task_points"), FieldClass("S", "Xếp loại hằng năm", DECIDING)),
}  # fmt: skip
ALWAYS = {"id": TECHNICAL, "created_at": TECHNICAL, "updated_at": TECHNICAL}


def class_of(label: str, name: str) -> FieldClass | None:
    """The class of one field ("chibo.Member", "born_on"); None when nobody gave it one."""
    return CLASSES.get(label, {}).get(name) or ALWAYS.get(name)


def told_fields(label: str) -> list[str]:
    """Fields whose values stand in the log: none about a person but the dates that decide who is counted."""
    return [name for name, one in CLASSES[label].items() if one.told]


def sees(user, label: str, name: str, path: str) -> bool:
    """Whether this user is shown a field of a record at `path`: the one place that pages and rules ask."""
    one = class_of(label, name)
    return one is not None and (one.seen_by == EVERYONE or scope_of(user).holds(*one.seen_by, path=path))


def sees_any(user, label: str, name: str) -> bool:
    """Whether the user is shown this field of anybody at all: what the rule of a whole page asks."""
    one = class_of(label, name)
    return one is not None and (one.seen_by == EVERYONE or scope_of(user).holds(*one.seen_by))


def sees_of(user, label: str, name: str, member) -> bool:
    """Whether the user is shown a field about one member: who is named for it in the cell, and the member too."""
    return member.pk == scope_of(user).member_id or sees(user, label, name, member.organisation.path)


def exported_fields(label: str) -> list[str]:
    """Fields a list that goes out may hold."""
    return [name for name, one in CLASSES[label].items() if one.exported and not one.mask]
