"""Names that are evidently invented: every person of the demo world bears the middle name "Mẫu" (sample)."""

FAMILIES = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Mai", "Đinh", "Trương", "Chu", "Tô",
]  # fmt: skip
MEN = [
    "An", "Ân", "Bách", "Bảo", "Bình", "Cường", "Dũng", "Đạt", "Đông", "Đức", "Giang", "Hải", "Hào", "Hiếu", "Hòa",
    "Hùng", "Hưng", "Khang", "Khoa", "Kiên", "Lâm", "Long", "Lợi", "Mạnh", "Minh", "Nam", "Nghĩa", "Nhân", "Phong",
    "Phú", "Phúc", "Quang", "Quân", "Quý", "Sơn", "Tài", "Tân", "Thành", "Thắng", "Thiện", "Toàn", "Trí", "Trung",
    "Tuấn", "Tùng", "Việt", "Vinh", "Vượng",
]  # fmt: skip
WOMEN = [
    "Ái", "Anh", "Ánh", "Bích", "Châu", "Cúc", "Diệp", "Dung", "Duyên", "Đào", "Gấm", "Hà", "Hạnh", "Hằng", "Hiền",
    "Hoa", "Hồng", "Huệ", "Hương", "Lan", "Liên", "Linh", "Loan", "Mai", "Mơ", "Nga", "Ngân", "Ngọc", "Nhung", "Oanh",
    "Phương", "Quyên", "Sen", "Tâm", "Thảo", "Thu", "Thủy", "Trang", "Tuyết", "Uyên", "Vân", "Xuân", "Yến",
]  # fmt: skip


def invent(rng, sex: str) -> str:
    """A name of the demo world."""
    family = rng.choice(FAMILIES)
    return f"{family} Thị Mẫu {rng.choice(WOMEN)}" if sex == "nu" else f"{family} Mẫu {rng.choice(MEN)}"
