"""Papers picked by the clerk → one ordered PDF with an outline; what cannot be printed is set aside by name."""

from kyanh_portal.base.errors import RuleBroken
from kyanh_portal.documents.issuing import content_of
from kyanh_portal.documents.models import IssuedDocument
from kyanh_portal.rendering.pdf import join_pdfs, official_pdf
from kyanh_portal.reports.report import PDF, Report, add_report


class Batch(Report):
    code = "batch"
    title = "Tập văn bản để in"
    access = "documents.see"

    def run_title(self, parameters):
        return f"Tập {len(parameters['papers'])} văn bản để in"

    def count(self, user, parameters):
        return len(parameters["papers"])

    def steps(self, user, parameters, work, set_aside):
        papers = IssuedDocument.objects.visible_to(user).in_bulk(parameters["papers"])
        work["parts"] = []
        for pk in parameters["papers"]:
            paper = papers.get(pk)
            if paper is None:
                set_aside.append(f"Văn bản mã {pk}: không có trong phạm vi của đồng chí.")
            else:
                try:
                    work["parts"].append((f"{paper}, {paper.issuer_name}", official_pdf(content_of(paper))))
                except RuleBroken as broken:
                    set_aside.append(f"{paper}: {broken.message}")
            yield

    def files(self, user, parameters, work, formats):
        if not work["parts"]:
            raise RuleBroken("Không có văn bản nào in được trong phạm vi của đồng chí.")
        book = join_pdfs(work["parts"], two_sided=bool(parameters.get("two_sided")))
        return [("tap-van-ban.pdf", PDF, book)]


add_report(Batch())
