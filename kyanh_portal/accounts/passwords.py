"""What a password must be: long enough, and not made of words everybody here would try first (NIST SP 800-63B-4)."""

import re

from django.core.exceptions import ValidationError

from kyanh_portal.accounts.models import composed
from kyanh_portal.base.vietnamese import fold

SHORTEST, LONGEST = 12, 128
# Words of the place, the work and the keyboard, without accents and spaces; longer ones first.
LOCAL_WORDS = (
    "dangcongsanvietnam", "congsanvietnam", "vanphongthiuy", "bantochuc", "daihoidang", "nghiquyet", "sinhhoat", "chibo", "dangbo",
    "danguy", "thiuy", "huyenuy", "tinhuy", "thixa", "kyanh", "hatinh", "hungtri", "vungang", "vietnam", "hanoi", "xinchao", "matkhau",
    "password", "admin", "quantri", "bithu", "vanphong", "dangvien", "congsan", "hochiminh", "bacho", "iloveyou", "anhyeuem",
    "emyeuanh", "dangnhap", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "asdfgh", "abcdef", "abcd", "abc",
)  # fmt: skip
_LEFT_OVER = 4


class LengthValidator:
    """12 to 128 letters, counted as people see them: "ế" is one whichever keyboard sends it."""

    def validate(self, password, user=None):
        length = len(composed(password) or "")
        if length < SHORTEST:
            raise ValidationError(f"Mật khẩu cần ít nhất {SHORTEST} chữ; mới có {length}. Dùng cả một câu cho dễ nhớ.")
        if length > LONGEST:
            raise ValidationError(f"Mật khẩu dài nhất {LONGEST} chữ. Rút ngắn câu lại.")

    def get_help_text(self):
        return f"Ít nhất {SHORTEST} chữ."


class LocalWordsValidator:
    """Refuses what is only local words, own names, digits and repeated letters."""

    def validate(self, password, user=None):
        left = re.sub(r"[^a-z]", "", fold(composed(password) or ""))
        own = [re.sub(r"[^a-z]", "", fold(getattr(user, name, "") or "")) for name in ("username", "display_name")]
        for word in sorted((*LOCAL_WORDS, *(w for w in own if len(w) > 3)), key=len, reverse=True):
            left = left.replace(word, "")
        if len(set(left)) < _LEFT_OVER:
            raise ValidationError(
                "Mật khẩu này dễ đoán: chỉ gồm tên địa phương, tên đơn vị, tên đăng nhập, số hoặc chữ lặp. Ghép thêm vài từ khác."
            )

    def get_help_text(self):
        return "Không chỉ gồm tên địa phương, tên đơn vị, tên đăng nhập hoặc số."
