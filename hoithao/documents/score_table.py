"""The score as it stands in the minutes: the result, what to mend, and the table, criterion by criterion."""

from hoithao.models import Score
from hoithao.scoring import shown
from hoithao.services.late_scores import late_voted_in
from hoithao.services.scores import lines_of, open_question, result_words
from kyanh_portal.documents.content import Paragraph, Table


def points_words(frame, points) -> str:
    """7,5; đạt / chưa đạt where the frame gives no points; a line where nothing is given."""
    if points is None:
        return "–"
    if frame.has_points:
        return shown(points)
    return "đạt" if points else "chưa đạt"


def score_blocks(meeting) -> list:
    """Blocks of part V of the minutes; none where the meeting was not scored."""
    score = Score.objects.select_related("frame").filter(meeting=meeting).first() if meeting.pk else None
    if score is None:
        return []
    return told(score)


def late_blocks(meeting, votes) -> list:
    """Scores of earlier meetings that came late and were voted in this one, each with its table and why it was late."""
    blocks = []
    for score in late_voted_in(meeting, votes):
        blocks.append(Paragraph(f"Chấm điểm quá hạn: {score.meeting.name}. Lý do: {score.late_because.rstrip('.')}."))
        blocks += told(score)
    return blocks


def told(score) -> list:
    """The result in words, what to mend, and the table."""
    lines = lines_of(score)
    state = "Chi bộ thông qua" if score.adopted_at else "Dự kiến, chi bộ chưa biểu quyết"
    blocks = [Paragraph(f"{state} kết quả chấm điểm: {result_words(score)}, theo {score.frame.source}.")]
    if question := open_question(score, lines):
        blocks.append(Paragraph(question))
    if score.weakness:
        remedy = f" Cách khắc phục: {score.remedy.rstrip('.')}." if score.remedy else ""
        blocks.append(Paragraph(f"Hạn chế: {score.weakness.rstrip('.')}.{remedy}"))
    return [*blocks, score_table(score, lines)]


def score_table(score, lines) -> Table:
    """Mục · tiêu chí · điểm tối đa · điểm · căn cứ; the total below."""
    frame = score.frame
    rows = []
    for line in lines:
        most = shown(line.criterion.most) if frame.has_points else ""
        given = points_words(frame, line.points) if line.counts else "không tính"
        grounds = (
            [line.reason]
            if line.reason and (line.proposed is not None or not line.counts or line.is_contradicted)
            else []
        )
        if line.note:
            grounds.append(line.note)
        cells = (line.criterion.code, line.criterion.name, most, given, ". ".join(grounds))
        rows.append(cells if frame.has_points else (cells[0], cells[1], cells[3], cells[4]))
    if frame.has_points:
        rows.append(
            ("", "Tổng", shown(score.most), shown(score.total) if score.total is not None else "–", score.level)
        )
        return Table(
            ("Mục", "Tiêu chí", "Tối đa", "Điểm", "Căn cứ, giải thích"),
            tuple(rows),
            (8, 34, 9, 9, 40),
            "Bảng chấm điểm chất lượng sinh hoạt",
        )
    rows.append(
        ("", "Số tiêu chí đạt", f"{shown(score.total)}/{shown(score.most)}" if score.total is not None else "–", "")
    )
    return Table(
        ("Mục", "Tiêu chí", "Kết quả", "Căn cứ, giải thích"),
        tuple(rows),
        (8, 38, 14, 40),
        "Bảng đánh giá chất lượng sinh hoạt",
    )
