"""Draw a paper from the shell: manage.py render minutes latest --to bien-ban.pdf"""

import errno
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.kinds import kinds
from kyanh_portal.rendering.docx import official_docx
from kyanh_portal.rendering.pdf import official_pdf

REASONS = {
    errno.ENOENT: "thư mục không có; tạo thư mục rồi chạy lại",
    errno.ENOTDIR: "thư mục không có; tạo thư mục rồi chạy lại",
    errno.EACCES: "không có quyền ghi ở đây; chọn thư mục khác",
    errno.EPERM: "không có quyền ghi ở đây; chọn thư mục khác",
    errno.EROFS: "ổ đĩa chỉ cho đọc; chọn thư mục khác",
    errno.EISDIR: "đó là một thư mục; ghi tên một tệp",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}
DRAW = {".pdf": official_pdf, ".docx": official_docx}


class Command(BaseCommand):
    help = "Vẽ một văn bản ra tệp PDF hoặc DOCX: bản đã khóa, hoặc bản dự thảo của bây giờ."

    def add_arguments(self, parser):
        parser.add_argument("kind", help=f"loại văn bản: {', '.join(kinds.names())}")
        parser.add_argument("which", help="mã của cuộc họp, nghị quyết, đính chính; hoặc latest = bản khóa mới nhất")
        parser.add_argument("--to", required=True, help="tệp .pdf hoặc .docx")

    def handle(self, *, kind, which, to, **options):
        target = Path(to)
        if kind not in kinds:
            raise CommandError(f"Không có loại văn bản {kind!r}. Có: {', '.join(kinds.names())}.")
        draw = DRAW.get(target.suffix.lower())
        if draw is None:
            raise CommandError("Tên tệp phải kết thúc bằng .pdf hoặc .docx.")
        content = self._content(kinds.get(kind), which)
        try:
            drawn = draw(content)
        except RuleBroken as broken:
            raise CommandError(broken.message) from broken
        try:
            target.write_bytes(drawn)
        except OSError as problem:
            reason = REASONS.get(problem.errno, problem.strerror)
            raise CommandError(f"Không ghi được {to}: {reason}.") from problem
        self.stdout.write(f"{content.title} -> {to}")

    def _content(self, kind, which):
        if which == "latest":
            paper = kind.latest()
            if paper is None:
                raise CommandError(f"Chưa có {kind.label.lower()} nào được khóa.")
            return content_of(paper)
        row = kind.find(int(which)) if which.isdecimal() and len(which) < 19 else None
        if row is None:
            raise CommandError(f"Không tìm thấy {kind.label.lower()} {which!r}. Ghi mã số hoặc latest.")
        return kind.content_for(row)
