"""When a cell ends: people on their way into the Party and open letters of transfer go to the heir."""

import datetime as dt

from django.db.models import Q

from chibo.choices import CandidateStage, TransferState
from chibo.models import Candidate, Transfer
from chibo.services.handover import add_handover
from kyanh_portal.audit.record import record

GONE = [CandidateStage.ADMITTED, CandidateStage.WITHDRAWN, CandidateStage.MOVED]
OPEN = [TransferState.ASKED, TransferState.SENT]


def _people(organisation):
    return Candidate.objects.filter(organisation=organisation).exclude(stage__in=GONE)


def _letters(organisation):
    return Transfer.objects.filter(Q(source=organisation) | Q(target=organisation), state__in=OPEN)


def told(organisation) -> str:
    """People and letters on their way, in words."""
    people, letters = _people(organisation).count(), _letters(organisation).count()
    lines = [
        f"{people} người trong nguồn kết nạp chuyển sang nơi tiếp nhận" if people else "",
        f"{letters} giấy chuyển sinh hoạt chưa xong do nơi tiếp nhận làm tiếp" if letters else "",
    ]
    found = "; ".join(line for line in lines if line)
    return f"{found}." if found else ""


def pass_on(source, heir, day: dt.date, *, by) -> None:
    """The heir helps the candidates on; a letter goes on from it or to it, its signed boxes stand."""
    for one in _people(source).select_for_update():
        one.organisation = heir
        one.save(update_fields=["organisation", "updated_at"])
        record("candidate.handed_over", one, by=by, path=heir.path, source=source.pk, heir=heir.pk)
    for one in _letters(source).select_for_update(of=("self",)):
        if one.source_id == source.pk:
            one.source = heir
        if one.target_id == source.pk:
            one.target = heir
        if one.source_id == one.target_id:  # both cells are one now: nothing is left to move
            one.state, one.refused_because, one.refused_on = TransferState.REFUSED, f"Hai chi bộ đã nhập làm một: {heir.name}"[:300], day  # fmt: skip
        one.save(update_fields=["source", "target", "state", "refused_because", "refused_on", "updated_at"])
        record("transfer.handed_over", one, by=by, path=heir.path, source=source.pk, heir=heir.pk)


add_handover("register", told, pass_on)
