"""Keep a paper of a higher level as a reference, once; a scan goes through the files room."""

from django.db import transaction

from kyanh_portal.audit.record import record
from kyanh_portal.base.calendar import latest_day, vn_date
from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.base.vietnamese import clean_line, fold
from kyanh_portal.files.keeping import check_upload, keep_file
from nghiquyet.models import IncomingPaper
from nghiquyet.models.outgoing import STUB_TITLE

HOLDER = "incoming"


@transaction.atomic
def keep_incoming(
    *, by, organisation, issuer, number_line, dated, type_name, received_on, title="", is_secret=False, scan=None,
    is_synthetic=False,
) -> IncomingPaper:  # fmt: skip
    """Number, date and issuer together stand once; a secret-marked paper leaves only those, no title and no scan."""
    number_line, issuer = clean_line(number_line).removeprefix("Số ").strip(": "), clean_line(issuer)
    title = STUB_TITLE if is_secret else clean_line(title).rstrip(" .;,")
    if not number_line:
        raise RuleBroken("Ghi số, ký hiệu như in trên văn bản, ví dụ 12-HD/BTCTW.", field="number_line")
    if not title:
        raise RuleBroken("Ghi trích yếu: văn bản về việc gì.", field="title")
    if is_secret and scan is not None:
        raise RuleBroken("Văn bản có độ mật không gửi bản quét lên cổng. Bỏ tệp ra rồi ghi lại.", field="scan")
    if dated > latest_day() or received_on > latest_day():
        field = "dated" if dated > latest_day() else "received_on"
        raise RuleBroken("Ngày chưa đến. Xem lại ngày.", field=field)
    if received_on < dated:
        raise RuleBroken(f"Ngày đến trước ngày văn bản {vn_date(dated)}. Xem lại.", field="received_on")
    same = IncomingPaper.objects.filter(
        organisation=organisation, issuer_key=fold(issuer)[:200], number_key=fold(number_line).replace(" ", "")[:60], dated=dated
    ).first()  # fmt: skip
    if same is not None:
        raise RuleBroken(
            f"Văn bản này đã ghi ngày {vn_date(same.received_on)}: {same.title}. Không ghi lần nữa.",
            field="number_line",
        )
    kept = None
    if scan is not None:
        checked = check_upload(scan, by=by, allowed=("pdf", "jpg", "png"), field="scan")
        kept = keep_file(checked, holder=HOLDER, path=organisation.path, by=by)
    paper = IncomingPaper.objects.create(
        organisation=organisation, issuer=issuer, number_line=number_line, dated=dated, type_name=type_name,
        title=title, received_on=received_on, is_secret=is_secret, scan=kept, is_synthetic=is_synthetic,
    )  # fmt: skip
    record("incoming.kept", paper, by=by, number=number_line)
    return paper
