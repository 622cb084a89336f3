"""The virus scanner, asked over its socket. Where one is configured and does not answer, the file is not taken."""

import os
import socket
import struct

from kyanh_portal.base.errors import RuleBroken

PIECE = 64 * 1024


def scan(data: bytes, *, field: str = "file") -> None:
    """Ask clamd at $CLAMD_ADDRESS ("/run/clamd.sock" or "host:3310"); raises RuleBroken when it finds or cannot say."""
    address = os.environ.get("CLAMD_ADDRESS", "")
    if not address:
        return
    try:
        answer = _ask(address, data)
    except OSError:
        answer = b""
    if answer.rstrip(b"\0\n").endswith(b": OK"):
        return
    if b"FOUND" in answer:
        raise RuleBroken(
            "Máy quét thấy mã độc trong tệp. Không gửi tệp này; báo người phụ trách máy tính.", field=field
        )
    raise RuleBroken("Máy quét mã độc chưa trả lời nên chưa nhận tệp. Gửi lại sau ít phút.", field=field)


def _ask(address: str, data: bytes) -> bytes:
    """The INSTREAM command of clamd."""
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX)
    else:
        link = socket.socket()
    with link:
        link.settimeout(20)
        link.connect(
            address if address.startswith("/") else (address.rsplit(":", 1)[0], int(address.rsplit(":", 1)[1]))
        )
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            link.sendall(struct.pack("!I", len(piece)) + piece)
        link.sendall(struct.pack("!I", 0))
        answer = b""
        while part := link.recv(4096):
            answer += part
        return answer
