"""Who chairs a meeting and who records it, as long as nobody has said otherwise."""

from chibo.choices import Post
from chibo.figures import holder_of
from chibo.models import Member
from hoithao.services.excuses import excuses_of

CHAIRS = [Post.SECRETARY, Post.DEPUTY]
RECORDERS = [Post.DEPUTY, Post.CELL_COMMITTEE_MEMBER]


def officers_for(meeting) -> tuple[Member | None, Member | None]:
    """Chair and recorder: those named; else the secretary and the deputy, the next in post where one told to be away.

    The bí thư convenes and chairs, the phó bí thư when the bí thư is away (Charter, article 24; 42-HD); two different
    people (K08). None where no post answers.
    """
    chair, recorder = meeting.chair, meeting.secretary
    if chair and recorder:
        return chair, recorder
    unit, day, away = meeting.organisation, meeting.held_on, set(excuses_of(meeting))
    if not chair:
        held = holder_of(unit, CHAIRS, day, away | ({recorder.pk} if recorder else set()))
        chair = held and held.member
    if not recorder:
        held = holder_of(unit, RECORDERS, day, away | ({chair.pk} if chair else set()))
        recorder = held and held.member
    return chair, recorder
