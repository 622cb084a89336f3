"""A report: who may ask, with which answers, how it is made step by step. A new one is one file in an app."""

from collections.abc import Iterator

from kyanh_portal.base.registry import Registry


class Report:
    """Subclass in `<app>/reports/`. `steps` does the work piece by piece, so that progress shows and a lease is kept."""

    code = ""
    title = ""
    about = ""  # what it tells, in one line, for the page where a report is chosen
    order = 50  # its place on that page
    access = "reports.ask"
    form_class: type = None
    formats = [("pdf", "PDF"), ("xlsx", "XLSX")]

    def parameters(self, answers: dict) -> dict:
        """What a run must remember: ids and plain values only."""
        raise NotImplementedError  # pragma: no cover

    def run_title(self, parameters: dict) -> str:
        return self.title

    def may_run(self, user, parameters: dict) -> bool:
        """Asked again when the worker starts: rights may have ended meanwhile."""
        return True

    def count(self, user, parameters: dict) -> int:
        """How many steps there will be."""
        return 1

    def steps(self, user, parameters: dict, work: dict, set_aside: list) -> Iterator[None]:
        """Do the work, yielding after each step; results go into `work`, what must be left out into `set_aside`."""
        raise NotImplementedError  # pragma: no cover

    def files(self, user, parameters: dict, work: dict, formats: list[str]) -> list[tuple[str, str, bytes]]:
        """(file name, media type, content) of the finished run."""
        raise NotImplementedError  # pragma: no cover


PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
reports: Registry[Report] = Registry("report")


def add_report(report: Report) -> Report:
    """Register a report under its code."""
    return reports.add(report.code, report)
