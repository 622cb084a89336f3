"""The checks of the official layout on a drawn paper: P page, H head, T title, B body, S signature, N recipients,
A marks, D document, L letters. Codes and tolerances are those of the layout specification (HD05-HD/VPTW, HD36-HD/VPTW).

    problems = check_paper(official_pdf(paper), paper)
    assert not errors(problems), problems
"""

from tests.papers.body import check_body
from tests.papers.closing import check_closing, closing_top
from tests.papers.head import check_head
from tests.papers.pages import check_file, check_pages
from tests.papers.sheet import Problem, read_sheets


def check_paper(pdf_bytes: bytes, content, *, duplex: bool = False) -> list[Problem]:
    """What is wrong with a minutes, a resolution or a conclusion drawn from `content`; empty means nothing."""
    sheets = read_sheets(pdf_bytes, content, duplex=duplex)
    problems = [*check_file(pdf_bytes, content), *check_pages(sheets, content)]
    hyphens, found = check_head(sheets[0], content)
    problems += found
    end = closing_top(sheets, content)
    problems += check_body(sheets, content, hyphens, end)
    problems += check_closing(sheets, content, hyphens, end)
    return problems


def errors(problems: list[Problem]) -> list[str]:
    """The problems a paper may not be issued with, in words."""
    return [str(problem) for problem in problems if problem.severity == "E"]
