"""Copies what browsers and papers need from node_modules into static/vendor: nothing is fetched from outside.

    python -m kyanh_portal.base.assets

The text font has no figures of equal width, so two small digits-only faces are made here (its licence, the OFL,
allows that).
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
DIGIT_WIDTH = 660  # of 1000 units: between the widest digit (4: 710) and the narrow ones
DIGIT_FAMILY = "Be Vietnam Pro Digits"

_FONTS = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
_TINOS = MODULES / "@expo-google-fonts" / "tinos"
COPIES = {
    "bootstrap.min.css": MODULES / "bootstrap" / "dist" / "css" / "bootstrap.min.css",
    "htmx.min.js": MODULES / "htmx.org" / "dist" / "htmx.min.js",
    "fonts/Tinos-Regular.ttf": _TINOS / "400Regular" / "Tinos_400Regular.ttf",
    "fonts/Tinos-Italic.ttf": _TINOS / "400Regular_Italic" / "Tinos_400Regular_Italic.ttf",
    "fonts/Tinos-Bold.ttf": _TINOS / "700Bold" / "Tinos_700Bold.ttf",
    "fonts/Tinos-BoldItalic.ttf": _TINOS / "700Bold_Italic" / "Tinos_700Bold_Italic.ttf",
} | {
    f"fonts/be-vietnam-pro-{part}-{weight}-normal.woff2": _FONTS / f"be-vietnam-pro-{part}-{weight}-normal.woff2"
    for part in ("latin", "vietnamese")
    for weight in (400, 600)
}
_SOURCE_MAP = re.compile(rb"/[*/]# sourceMappingURL=.*?(\*/|\n|$)")


def make_digits(source: Path, target: Path) -> None:
    """Write a face with the ten digits of `source`, each DIGIT_WIDTH wide, so that figures stand in columns."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    subsetter = Subsetter(Options(layout_features=[], name_IDs=["*"], hinting=False))
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    outlines, widths, characters = font["glyf"], font["hmtx"], font.getBestCmap()
    for digit in "0123456789":
        name = characters[ord(digit)]
        width, left = widths[name]
        shift = (DIGIT_WIDTH - width) // 2
        outlines[name].coordinates.translate((shift, 0))
        outlines[name].recalcBounds(outlines)
        widths[name] = (DIGIT_WIDTH, left + shift)
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = DIGIT_FAMILY
    font.flavor = "woff2"
    font.save(target)


def main() -> None:
    (VENDOR / "fonts").mkdir(parents=True, exist_ok=True)
    for name, source in COPIES.items():
        target = VENDOR / name
        if source.suffix in (".css", ".js"):  # a source map is not served, so nothing may point to it
            target.write_bytes(_SOURCE_MAP.sub(b"", source.read_bytes()))
        else:
            shutil.copyfile(source, target)
    for weight in (400, 600):
        make_digits(
            _FONTS / f"be-vietnam-pro-latin-{weight}-normal.woff2",
            VENDOR / "fonts" / f"be-vietnam-pro-digits-{weight}.woff2",
        )


if __name__ == "__main__":
    main()
