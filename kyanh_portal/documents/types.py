"""Types of Party papers: their names and symbols.

Quy định 399-QĐ/TW (types) and Hướng dẫn 05-HD/VPTW II.I.3.1.2 (symbols).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentType:
    """A type of paper; `name` in capitals as printed. Quyết định and Quy định share a symbol but not a series."""

    code: str
    name: str
    symbol: str
    order: int


_NAMED = (
    ("resolution", "NGHỊ QUYẾT", "NQ"),
    ("decision", "QUYẾT ĐỊNH", "QĐ"),
    ("directive", "CHỈ THỊ", "CT"),
    ("conclusion", "KẾT LUẬN", "KL"),
    ("statute", "QUY CHẾ", "QC"),
    ("regulation", "QUY ĐỊNH", "QĐ"),
    ("circular", "THÔNG TRI", "TT"),
    ("guidance", "HƯỚNG DẪN", "HD"),
    ("notice", "THÔNG BÁO", "TB"),
    ("communique", "THÔNG CÁO", "TC"),
    ("report", "BÁO CÁO", "BC"),
    ("plan", "KẾ HOẠCH", "KH"),
    ("master_plan", "QUY HOẠCH", "QH"),
    ("programme", "CHƯƠNG TRÌNH", "CTr"),
    ("scheme", "ĐỀ ÁN", "ĐA"),
    ("option", "PHƯƠNG ÁN", "PA"),
    ("project", "DỰ ÁN", "DA"),
    ("submission", "TỜ TRÌNH", "TTr"),
    ("letter", "CÔNG VĂN", "CV"),
    ("minutes", "BIÊN BẢN", "BB"),
    ("copy", "BẢN SAO", "BS"),
    ("invitation", "GIẤY MỜI", "GM"),
)
TYPES = {code: DocumentType(code, name, symbol, order) for order, (code, name, symbol) in enumerate(_NAMED, 1)}


def type_named(name: str) -> DocumentType | None:
    """The type printed as `name`."""
    return next((kind for kind in TYPES.values() if kind.name == name), None)
