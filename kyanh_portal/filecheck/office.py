"""Word and Excel files: the directory of the archive first, then every part. Runs in the fenced child."""

import io
import posixpath
import stat
import zipfile

from lxml import etree

from kyanh_portal.filecheck.refusal import Refused

MOST_ENTRIES = 2_000
MOST_BYTES = 120 * 1024 * 1024
MOST_RATIO = 200
_MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
# Names of parts that carry programs or other files inside.
_FORBIDDEN = ("vbaproject", "vbadata", "activex", "/embeddings/", "oleobject", "externallinks/", "connections.xml", "/querytables/", "/ctrlprops/", "/macrosheets/", "/dialogsheets/", "attachedtoolbars", "customui")  # fmt: skip
_FIELDS = ("DDEAUTO", "DDE ", "INCLUDEPICTURE", "INCLUDETEXT", "MACROBUTTON", "IMPORT ", "LINK ", "DATABASE", "GOTOBUTTON", "PRINT ")  # fmt: skip
_PLAIN_LINKS = ("http://", "https://", "mailto:", "tel:")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
UNSAFE = "Tệp có phần tự chạy hoặc gắn tệp khác bên trong. Mở tệp, xóa phần ấy (macro, đối tượng nhúng, liên kết ngoài), lưu lại rồi gửi."


def check_office(data: bytes, kind: str) -> tuple[bytes, dict]:
    """The file as it is with its text, or Refused: bombs, macros, embedded objects, outside links, DTDs."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = _directory(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused("Tệp hỏng, không mở được. Mở lại bằng Word hoặc Excel, lưu lại rồi gửi.") from None
    if "[Content_Types].xml" not in parts:
        raise Refused("Đây không phải tệp Word hoặc Excel. Lưu lại đúng dạng rồi gửi.")
    left, texts = MOST_BYTES, []
    for name, info in parts.items():
        lowered = name.lower()
        if any(word in "/" + lowered for word in _FORBIDDEN):
            raise Refused(UNSAFE)
        body = _read(archive, info, left)
        left -= len(body)
        if lowered.endswith((".xml", ".rels")):
            root = _parse(body)
            _judge(name, root, kind)
            texts.extend(_texts(lowered, root, kind))
    return data, {"text": "\n".join(texts)[:2_000_000]}


def _directory(archive) -> dict[str, zipfile.ZipInfo]:
    """The entries by name, judged before anything is unpacked."""
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused("Tệp có quá nhiều phần bên trong. Lưu thành tệp mới rồi gửi.")
    packed = sum(entry.compress_size for entry in entries) or 1
    size = sum(entry.file_size for entry in entries)
    if size > MOST_BYTES or (size > 10 * 1024 * 1024 and size / packed > MOST_RATIO):
        raise Refused("Tệp giải nén ra quá lớn. Bỏ bớt ảnh, lưu lại rồi gửi.")
    parts = {}
    for entry in entries:
        name = entry.filename
        if name in parts or name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise ValueError(name)
        if stat.S_ISLNK(entry.external_attr >> 16) or entry.flag_bits & 0x1:
            raise ValueError(name)
        parts[name] = entry
    return parts


def _read(archive, info, left: int) -> bytes:
    """One part, never more than is left: the directory may lie about sizes."""
    with archive.open(info) as stream:
        body = stream.read(left + 1)
    if len(body) > left:
        raise Refused("Tệp giải nén ra quá lớn. Bỏ bớt ảnh, lưu lại rồi gửi.")
    return body


def _parse(body: bytes):
    if any(mark in body for encoding in ("ascii", "utf-16-le", "utf-16-be") for mark in ("<!DOCTYPE".encode(encoding), "<!ENTITY".encode(encoding))):  # fmt: skip
        raise Refused(UNSAFE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise Refused("Tệp hỏng, không mở được. Mở lại bằng Word hoặc Excel, lưu lại rồi gửi.") from None


def _judge(name: str, root, kind: str) -> None:
    """Content types, relationships, fields and formulas of one part."""
    if name == "[Content_Types].xml":
        types = [str(node.get("ContentType", "")) for node in root]
        if _MAIN[kind] not in types or any("macroenabled" in one.lower() or "vba" in one.lower() for one in types):
            raise Refused(
                f"Nội dung tệp không phải .{kind} thường. Lưu lại đúng dạng .{kind}, không có macro, rồi gửi."
            )
    elif name.endswith(".rels"):
        for link in root:
            kind_of_link, target = str(link.get("Type", "")), str(link.get("Target", ""))
            if str(link.get("TargetMode", "")).lower() == "external":
                if not kind_of_link.endswith("/hyperlink") or not target.lower().startswith(_PLAIN_LINKS):
                    raise Refused(UNSAFE)
            elif ".." in posixpath.normpath(target).split("/")[2:] or "://" in target:
                raise Refused(UNSAFE)
    else:
        for node in root.iter(f"{_W}instrText", f"{_W}fldSimple"):
            words = f"{node.text or ''} {node.get(f'{_W}instr', '')}".upper()
            if any(field in words + " " for field in _FIELDS):
                raise Refused(UNSAFE)
        for node in root.iter(f"{_X}f", f"{_X}definedName"):
            words = (node.text or "").upper()
            if (
                "|" in words
                and "!" in words
                or any(call in words for call in ("WEBSERVICE(", "CALL(", "REGISTER(", "EXEC("))
            ):
                raise Refused(UNSAFE)


def _texts(name: str, root, kind: str):
    """What a reader sees, paragraph by paragraph or cell by cell: for the guard on secret stamps and for books."""
    if kind == "docx" and name.startswith("word/"):
        for paragraph in root.iter(f"{_W}p"):
            words = "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
            if words.strip():
                yield words
    elif kind == "xlsx" and name.startswith("xl/"):
        for node in root.iter(f"{_X}si", f"{_X}is"):
            words = "".join(part.text or "" for part in node.iter(f"{_X}t"))
            if words.strip():
                yield words
