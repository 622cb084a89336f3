"""QR codes on pictures and on scanned PDF pages. Runs in the fenced child only; what it reads is text, never followed."""

import io

MOST_PAGES, MOST_CODES, LONGEST = 40, 60, 200
TURNED = (0, 1600)  # the picture as it is, then smaller: blur and noise of a telephone fade


def codes_of(data: bytes, kind: str) -> list[str]:
    """What the QR codes of a checked file say, at most 60, each once, in the order of the pages."""
    import zxingcpp

    found: dict[str, None] = {}
    for picture in _pictures(data, kind):
        for longest in TURNED:
            if longest and max(picture.size) > longest:
                picture = picture.copy()
                picture.thumbnail((longest, longest))
            read = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
            texts = [one.text[:LONGEST] for one in read if one.valid and one.text]
            found.update(dict.fromkeys(texts))
            if texts:
                break
        if len(found) >= MOST_CODES:
            break
    return list(found)[:MOST_CODES]


def _pictures(data: bytes, kind: str):
    """The picture itself; of a PDF the picture each scanned page consists of, in grey."""
    from PIL import Image

    if kind in ("png", "jpg"):
        yield Image.open(io.BytesIO(data)).convert("L")
        return
    if kind != "pdf":
        return
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in list(pdf.pages)[:MOST_PAGES]:
            for image in page.images.values():
                try:
                    picture = pikepdf.PdfImage(image).as_pil_image()
                except Exception:  # noqa: S112 - a picture in a form we cannot decode has no code for us
                    continue
                if picture.width * picture.height <= 60_000_000:
                    yield picture.convert("L")
