"""Photographs and scans: decoded under a cap and drawn anew, so that nothing but the picture remains. In the child."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from kyanh_portal.filecheck.refusal import Refused

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 3_000


def check_picture(data: bytes, kind: str) -> tuple[bytes, dict]:
    """The picture re-encoded, upright, at most 3,000 pixels a side, without metadata; Refused: anything else."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG" if kind == "png" else "JPEG"]) as picture:
            if getattr(picture, "n_frames", 1) > 1:
                raise Refused("Ảnh động không nhận được. Chụp lại ảnh thường rồi gửi.")
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("Ảnh quá lớn. Chụp lại ở cỡ nhỏ hơn rồi gửi.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("Ảnh quá lớn. Chụp lại ở cỡ nhỏ hơn rồi gửi.") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Refused("Ảnh hỏng hoặc không đúng dạng. Chụp lại rồi gửi.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    fresh = Image.new("RGB", upright.size)
    fresh.paste(upright)
    if kind == "png":
        fresh.save(out, "PNG", optimize=False)
    else:
        fresh.save(out, "JPEG", quality=85)
    return out.getvalue(), {"pages": 1, "width": fresh.width, "height": fresh.height, "text": ""}
