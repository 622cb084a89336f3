"""What a user answers for today: the roles held and the branches they cover."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from chibo.choices import Role
from kyanh_portal.base.calendar import today
from kyanh_portal.base.planned import Question
from kyanh_portal.parameters.editions import Kept

# The first of these a user holds decides menu and front page, unless the account page says otherwise.
_RANK = [
    Role.STANDING, Role.OFFICE, Role.ORGANISING, Role.INSPECTION, Role.COMMITTEE_SECRETARY,
    Role.CELL_SECRETARY, Role.ADMINISTRATOR, Role.MEMBER,
]  # fmt: skip
_SECOND_FACTOR = {
    Role.STANDING,
    Role.OFFICE,
    Role.ORGANISING,
    Role.INSPECTION,
    Role.COMMITTEE_SECRETARY,
    Role.ADMINISTRATOR,
}
# Roles that see the business data of their branch. The administrator sees none; a member sees the own record.
_SEEING = set(Role) - {Role.ADMINISTRATOR, Role.MEMBER}


@dataclass(frozen=True)
class Held:
    role: str
    organisation_id: int
    path: str


class Scope:
    """Roles of one user on one day."""

    def __init__(self, user, held: list[Held], member_id: int | None):
        self.user = user
        self.held = held
        self.member_id = member_id

    @property
    def role_names(self) -> list[str]:
        """Roles held, the leading one first."""
        held = {h.role for h in self.held}
        return [role.value for role in _RANK if role.value in held]

    @property
    def role_name(self) -> str:
        """The role whose menu and front page are shown: the one chosen in the account page, else the leading one."""
        names = self.role_names
        chosen = getattr(self.user, "active_role", "")
        return chosen if chosen in names else (names[0] if names else "")

    @property
    def role_label(self) -> str:
        return Role(self.role_name).label if self.role_name else "Chưa có vai trò"

    @property
    def role_choices(self) -> list[tuple[str, str]]:
        """(name, label) of the roles held: for the account page, where one of several is chosen."""
        return [(name, Role(name).label) for name in self.role_names]

    @property
    def needs_second_factor(self) -> bool:
        return any(h.role in _SECOND_FACTOR for h in self.held)

    @property
    def seeing_paths(self) -> list[str]:
        """Branches whose business data the user sees, without those inside another."""
        paths = sorted({h.path for h in self.held if h.role in _SEEING})
        return [p for p in paths if not any(p != other and p.startswith(other) for other in paths)]

    @property
    def own_cell_paths(self) -> list[str]:
        return [h.path for h in self.held if h.role == Role.MEMBER]

    @property
    def home_path(self) -> str:
        """The branch of the shown role."""
        return next((h.path for h in self.held if h.role == self.role_name), "")

    @property
    def home_id(self) -> int | None:
        return next((h.organisation_id for h in self.held if h.role == self.role_name), None)

    def covers(self, lookup: str) -> Q:
        """Rows whose path lies in a seen branch; nothing at all for who holds no seeing role."""
        condition = Q(pk__in=[])
        for path in self.seeing_paths:
            condition |= Q(**{f"{lookup}__startswith": path})
        return condition

    def covers_as(self, lookup: str, *roles: str) -> Q:
        """Rows in the branches where one of these roles is held: for choices of a form that acts, not only reads."""
        condition = Q(pk__in=[])
        for path in {h.path for h in self.held if h.role in roles}:
            condition |= Q(**{f"{lookup}__startswith": path})
        return condition

    def reaches(self, path: str) -> bool:
        return any(path.startswith(branch) for branch in self.seeing_paths)

    def holds(self, *roles: str, path: str | None = None) -> bool:
        """Whether one of the roles is held; with `path`, over that place of the tree."""
        return any(h.role in roles and (path is None or path.startswith(h.path)) for h in self.held)


def scope_of_user(user) -> Scope:
    """Read the roles in force today (provider for kyanh_portal.access.scope)."""
    from chibo.models import Member

    if not user.is_authenticated or not user.is_active:
        return Scope(user, [], None)
    held = [Held(*grant) for grant in _ask_grants(user.pk, today())]
    held += _earlier_places(held)
    member_id = None
    if any(h.role == Role.MEMBER for h in held):
        member_id = Member.objects.filter(user=user).values_list("pk", flat=True).first()
    return Scope(user, held, member_id)


def _grants(user: int, day: dt.date):
    from chibo.models import RoleGrant

    grants = RoleGrant.objects.filter(user_id=user).in_force(day).order_by("starts_on", "pk")
    return grants.values_list("role", "organisation_id", "organisation__path")


_ask_grants = Question("chibo_grants", int, dt.date, ask=_grants)


def _earlier_places(held: list[Held]) -> list[Held]:
    """The branches where the organisation stood before, and those of what went into it: old papers stay readable.

    Present organisations lie under the present path only, so this opens the past and nothing else.
    """
    if not held:
        return []
    earlier, now = _earlier_paths(today()), {h.path for h in held}
    return [
        Held(h.role, h.organisation_id, path)
        for h in held for path in sorted(earlier.get(h.organisation_id, frozenset()) - now)
    ]  # fmt: skip


def _read_earlier_paths(day: dt.date) -> dict[int, frozenset[str]]:
    """Organisation → the paths it had before a day, and those of what had gone into it, or into that, by then."""
    from chibo.models import Face, Lineage

    found: dict[int, set[str]] = defaultdict(set)
    for organisation, path in Face.objects.filter(ends_on__lt=day).values_list("organisation_id", "path"):
        found[organisation].add(path)
    given = Lineage.objects.given_over(day).order_by().values_list("heir_id", "organisation_id", "organisation__path")
    paths = {gone: path for _, gone, path in given}
    for heir, gone in Lineage.objects.forebears({heir for heir, _, _ in given}, day).items():
        found[heir] |= {paths[one] for one in gone}
    return {organisation: frozenset(places) for organisation, places in found.items()}


_earlier_paths = Kept("tree", read=_read_earlier_paths)
