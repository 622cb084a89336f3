"""The fenced child: file on standard input, one JSON line and the clean file on standard output.

python -m kyanh_portal.filecheck.child pdf [codes] < in > out
"""

import json
import resource
import sys

CPU_SECONDS = 25
MEMORY = 900 * 1024 * 1024


def main(kind: str, wants: str = "") -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    from kyanh_portal.filecheck.refusal import Refused

    try:
        body, facts = _check(data, kind)
        if wants == "codes":
            from kyanh_portal.filecheck.codes import codes_of

            facts["codes"] = codes_of(body, kind)
    except Refused as refused:
        body, facts = b"", {"refused": str(refused)}
    out = sys.stdout.buffer
    out.write(json.dumps(facts).encode() + b"\n")
    out.write(body)
    out.flush()


def _check(data: bytes, kind: str):
    if kind == "pdf":
        from kyanh_portal.filecheck.portable import check_pdf

        return check_pdf(data)
    if kind in ("docx", "xlsx"):
        from kyanh_portal.filecheck.office import check_office

        return check_office(data, kind)
    from kyanh_portal.filecheck.picture import check_picture

    return check_picture(data, kind)


if __name__ == "__main__":
    main(*sys.argv[1:3])
