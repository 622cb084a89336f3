"""PDF files: opened, judged by their objects, written anew without metadata. Runs in the fenced child."""

import io

import pikepdf

from kyanh_portal.filecheck.refusal import Refused

MOST_OBJECTS = 100_000
MOST_PAGES = 1_000
_ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/SetOCGState", "/Hide"}  # fmt: skip
_KEYS = {"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/RichMediaContent", "/XFA", "/EF"}
UNSAFE = "Tệp PDF có phần tự chạy hoặc gắn tệp khác bên trong. In lại thành PDF mới (Print to PDF) rồi gửi."


def check_pdf(data: bytes) -> tuple[bytes, dict]:
    """The file rewritten with its pages, and their number; Refused: encryption, scripts, embedded files, broken."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refused("Tệp PDF có mật khẩu. Bỏ mật khẩu rồi gửi.") from None
    except (pikepdf.PdfError, ValueError, OverflowError):
        raise Refused("Tệp PDF hỏng, không mở được. In lại thành PDF mới rồi gửi.") from None
    with pdf:
        if pdf.is_encrypted:
            raise Refused("Tệp PDF có khóa bảo vệ. Bỏ khóa rồi gửi.")
        if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
            raise Refused(
                f"Tệp PDF quá lớn (hơn {MOST_PAGES} trang hoặc quá nhiều phần). Tách thành nhiều tệp rồi gửi."
            )
        if not len(pdf.pages):
            raise Refused("Tệp PDF không có trang nào.")
        if any(_acts(thing) for thing in pdf.objects):
            raise Refused(UNSAFE)
        for key in ("/OpenAction", "/AA", "/Metadata", "/PieceInfo"):
            if key in pdf.Root:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        out = io.BytesIO()
        pdf.save(out)
        pages = len(pdf.pages)
    return out.getvalue(), {"pages": pages, "text": _text(out)}


def _acts(thing) -> bool:
    """Whether an object of the file does something by itself or carries another file."""
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(thing.keys())
    if keys & _KEYS:
        return True
    for key in ("/S", "/Type", "/Subtype"):
        value = thing.get(key)
        if isinstance(value, pikepdf.Name) and (
            str(value) in _ACTS or str(value) in ("/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Screen")
        ):
            return True
    return any(
        isinstance(value, pikepdf.Dictionary) and not value.is_indirect and _acts(value) for value in _values(thing)
    )


def _values(thing):
    for key in thing.keys():  # noqa: SIM118 - pikepdf's dictionary is no mapping
        value = thing.get(key)
        if isinstance(value, pikepdf.Array):
            yield from (one for one in value if isinstance(one, pikepdf.Dictionary))
        else:
            yield value


def _text(out: io.BytesIO) -> str:
    """The text of the first pages, as far as it can be read: for the guard on secret stamps."""
    from pypdf import PdfReader

    texts = []
    try:
        for page in PdfReader(out).pages[:50]:
            texts.append(page.extract_text()[:40_000])
    except Exception:  # a scan has no text, and a strange font must not refuse a paper
        return "\n".join(texts)
    return "\n".join(texts)
