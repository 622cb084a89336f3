"""Biên bản kiểm phiếu: papers given out, returned, valid, and what each line came to."""

from hoithao.choices import Threshold
from hoithao.documents.minutes import frame, recipients_of
from hoithao.models import Ballot
from hoithao.rules import needed, percent
from hoithao.services.ballots import outcome
from kyanh_portal.documents.content import Heading, OfficialDocument, Paragraph, Signature, Table
from kyanh_portal.documents.kinds import add_kind


def compose(ballot: Ballot) -> OfficialDocument:
    """The counting minutes as they read now."""
    meeting, lines = ballot.meeting, list(ballot.lines.all())
    word = "ít nhất hai phần ba" if ballot.decision.threshold == Threshold.TWO_THIRDS else "quá nửa"
    least = needed(ballot.base, ballot.decision.threshold)
    body = [
        Paragraph(f"Tại {meeting.name[:1].lower()}{meeting.name[1:]}, {meeting.organisation.name} đã bỏ phiếu kín: {ballot.subject}."),
        Paragraph(f"Ban kiểm phiếu: {ballot.tellers or '…'}."),
        Heading("I- SỐ PHIẾU"),
        Paragraph(f"Đảng viên chính thức được tính: {ballot.base} đồng chí; có mặt được bỏ phiếu: {ballot.entitled_present}."),
    ]  # fmt: skip
    if ballot.conflicted:
        body.append(Paragraph(f"Không được bỏ phiếu việc này nên không tính: {len(ballot.conflicted)} đồng chí."))
    if ballot.decision.is_election:
        body.append(Paragraph(f"Bầu {ballot.seats} người trong {len(lines)} người; mỗi phiếu bầu từ {ballot.least} đến {ballot.most} người."))  # fmt: skip
    if ballot.is_counted:
        body.append(
            Paragraph(
                f"Phiếu phát ra: {ballot.issued}; thu về: {ballot.returned}; hợp lệ: {ballot.valid}; không hợp lệ: {ballot.invalid}."
            )
        )
        body += [Heading("II- KẾT QUẢ"), Paragraph(f"Cần {word} tổng số được tính, từ {least} phiếu.")]
        body.append(_table(ballot, lines))
    return OfficialDocument(
        kind="ballot_count",
        type_name="BIÊN BẢN",
        type_symbol="BB",
        summary=f"kiểm phiếu {ballot.subject[:1].lower()}{ballot.subject[1:]}"[:480],
        date=meeting.held_on,
        shows_number=False,
        body=tuple(body),
        signature=Signature(authority="CHỦ TRÌ HỘI NGHỊ", name=meeting.chair_label),
        left_signature=Signature(authority="BAN KIỂM PHIẾU"),
        recipients=recipients_of(meeting.organisation)[-1:],
        draft="Dự thảo",
        is_synthetic=meeting.is_synthetic,
        **frame(meeting.organisation),
    )


def _table(ballot, lines):
    results = outcome(ballot, lines)
    if ballot.decision.is_election:
        header, widths = ("TT", "Họ và tên", "Số phiếu", "Tỷ lệ", "Kết quả"), (8, 40, 14, 14, 24)
        rows = [
            (str(number), line.text, str(line.in_favour), percent(line.in_favour, ballot.base), result)
            for number, (line, result) in enumerate(zip(lines, results, strict=True), start=1)
        ]
    else:
        header = ("TT", "Nội dung", "Tán thành", "Không tán thành", "Để trống", "Tỷ lệ", "Kết quả")
        widths = (7, 30, 13, 14, 11, 12, 13)
        rows = [
            (str(number), line.text, str(line.in_favour), str(line.against), str(line.blank), percent(line.in_favour, ballot.base), result)
            for number, (line, result) in enumerate(zip(lines, results, strict=True), start=1)
        ]  # fmt: skip
    return Table(header, tuple(rows), widths)


add_kind("ballot_count", "Biên bản kiểm phiếu", Ballot, compose, "hoithao.see_meeting", names_types=True)
