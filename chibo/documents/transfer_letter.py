"""Phiếu giới thiệu chuyển sinh hoạt: the boxes of a transfer on one sheet, in own words.

The printed letter itself is a form of the Party (38-HD/BTCTW) that its owner supplies; this slip goes with it.
"""

from chibo.models import Transfer
from kyanh_portal.base.calendar import today, vn_date
from kyanh_portal.documents.blocks import Heading, Paragraph, Signature, Table
from kyanh_portal.documents.content import OfficialDocument
from kyanh_portal.documents.kinds import add_kind


def compose(transfer: Transfer) -> OfficialDocument:
    """The slip as it reads now."""
    source, member = transfer.source, transfer.member
    body = [
        Heading("I- ĐẢNG VIÊN"),
        Paragraph(f"Đồng chí {member.full_name}, sinh hoạt tại {source.name}."),
        Paragraph(f"Chuyển đến: {transfer.goes_to}. Theo {transfer.ground}, có hiệu lực từ ngày {vn_date(transfer.moved_on)}."),
        Paragraph(f"Ngày vào Đảng {member.admitted_words}; ngày chính thức {member.official_words or 'chưa có'}."),
        Paragraph(
            f"Đã đóng đảng phí hết tháng {transfer.fee_until.month}/{transfer.fee_until.year}."
            if transfer.fee_until
            else "Đã đóng đảng phí hết tháng ……/…………"
        ),
    ]  # fmt: skip
    if transfer.returns_on:
        body.append(Paragraph(f"Sinh hoạt tạm thời đến hết ngày {vn_date(transfer.returns_on)}."))
    rows = tuple(
        (str(box.number), box.signer + (" (nếu có)" if box.is_optional else ""), vn_date(box.signed_on) if box.signed_on else "", "")
        for box in transfer.boxes.all()
    )  # fmt: skip
    body += [Heading("II- CÁC Ô"), Table(("Ô", "Nơi ký", "Ngày ký", "Ký, đóng dấu"), rows, (1, 6, 3, 5))]
    return OfficialDocument(
        kind="transfer_letter",
        type_name="PHIẾU",
        type_symbol="",
        summary="theo dõi chuyển sinh hoạt đảng",
        date=transfer.sent_on or today(),
        shows_number=False,
        body=tuple(body),
        signature=Signature(authority="T/M CHI ỦY", position="BÍ THƯ"),
        recipients=("Đồng chí có tên trên", source.kind.files_at or "Lưu Chi bộ"),
        draft="",
        is_synthetic=member.is_synthetic,
        superior_name=source.header_superior,
        issuer_name=source.header_name,
        issuer_symbol=source.document_symbol,
        place=source.place_name,
    )


add_kind("transfer_letter", "Phiếu chuyển sinh hoạt đảng", Transfer, compose, "chibo.sign_transfer")
