"""Papers picked by the clerk → one ordered PDF with an outline; what cannot be printed is set aside by name."""

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.rendering.pdf import WORKERS, join_pdfs, official_pdfs
from kyanh_portal.reports.report import PDF, Report, add_report

WORTH_A_SECOND_PRESS = 12  # papers: below, starting another process takes longer than it saves


class Batch(Report):
    code = "batch"
    title = "Tập văn bản để in"
    access = "documents.see"

    def run_title(self, parameters):
        return f"Tập {len(parameters['papers'])} văn bản để in"

    def count(self, user, parameters):
        return len(parameters["papers"])

    def steps(self, user, parameters, work, set_aside):
        found = IssuedDocument.objects.visible_to(user).in_bulk(parameters["papers"])
        papers, work["parts"] = [], []
        for pk in parameters["papers"]:
            if pk in found:
                papers.append(found[pk])
            else:
                set_aside.append(f"Văn bản mã {pk}: không có trong phạm vi của đồng chí.")
                yield
        workers = WORKERS if len(papers) >= WORTH_A_SECOND_PRESS else 1
        drawn = official_pdfs(map(content_of, papers), workers=workers)
        for paper, pdf in zip(papers, drawn, strict=True):
            if isinstance(pdf, RuleBroken):
                set_aside.append(f"{paper}: {pdf.message}")
            else:
                work["parts"].append((f"{paper}, {paper.issuer_name}", pdf))
            yield

    def files(self, user, parameters, work, formats):
        if not work["parts"]:
            raise RuleBroken("Không có văn bản nào in được trong phạm vi của đồng chí.")
        book = join_pdfs(work["parts"], two_sided=bool(parameters.get("two_sided")))
        return [("tap-van-ban.pdf", PDF, book)]


add_report(Batch())
