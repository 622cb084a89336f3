"""The house: who may import whom, and how long a file may be."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LEVELS = {
    "kyanh_portal.base": 0, "kyanh_portal.accounts": 1, "kyanh_portal.access": 2, "kyanh_portal.ui": 3,
    "kyanh_portal.audit": 4, "kyanh_portal.rendering": 4, "kyanh_portal.filecheck": 4, "kyanh_portal.files": 5, "kyanh_portal.parameters": 5, "kyanh_portal.reminders": 5, "kyanh_portal.documents": 5, "kyanh_portal.reports": 5,
    "kyanh_portal.search": 5, "kyanh_portal.dashboard": 5, "kyanh_portal.demo": 5, "kyanh_portal.backup": 5, "kyanh_portal.exchange": 5.5, "chibo": 6, "hoithao": 7, "nghiquyet": 8,
}  # fmt: skip
# Inside a mission app a file imports from its left only.
ROOMS = [
    ["choices", "profile_choices", "complaint_choices", "dossier_choices", "fee_choices", "demo_texts", "demo_papers", "demo_workshop_texts"], ["rules", "rulebooks", "dossier_rules", "ballots", "scoring", "year_levels", "papercodes", "workflow"], ["scope"], ["models"], ["access", "fieldclasses", "owndata", "frames", "figures", "monthly", "half_years", "comparing", "checks", "charts", "timeline", "indicators", "debts"], ["services"],
    ["documents", "reports", "importers", "menu", "cards", "search", "panels", "trail", "parameters", "due", "due_abroad", "due_data", "due_around", "due_scores", "due_growth", "questions", "print_forms", "attachments", "handover", "kept", "demo", "demo_cycle", "demo_living", "demo_register", "demo_runner", "demo_score", "demo_workshop", "tasks"], ["forms"], ["views"], ["urls", "apps"],
    ["bench"],
]  # fmt: skip
PLACE = {room: place for place, rooms in enumerate(ROOMS) for room in rooms}


class _Place(dict):
    """A stage of the demo world in its own file (demo_<topic>.py) stands where demo.py stands."""

    def __missing__(self, room):
        if room.startswith("demo_"):
            return self["demo"]
        raise KeyError(room)


PLACE = _Place(PLACE)
APPS = ["chibo", "hoithao", "nghiquyet"]
LONGEST = 350
# What the front end of a lower level may know of a service that stands to its right, with the reason.
FORETOLD = {
    ("hoithao", "figures", "services"),  # the names of the counts stand with the service that keeps them
    ("chibo", "reports", "forms"),  # read at call time: an export narrows with the very filter of its list
    ("chibo", "scope", "models"),  # read at call time: roles are rows
}


def python_files():
    for folder in ("kyanh_portal", *APPS):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def imports_of(path):
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def package_of(module):
    parts = module.split(".")
    name = ".".join(parts[:2]) if parts[0] == "kyanh_portal" else parts[0]
    return name if name in LEVELS else None


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_imports_go_down_only():
    wrong = []
    for path in python_files():
        own = package_of(module_of(path))
        if own is None:  # settings, urls, celery: level 9 names everything
            continue
        for module in imports_of(path):
            other = package_of(module)
            if other and other != own and LEVELS[other] >= LEVELS[own]:
                wrong.append(f"{path.relative_to(ROOT)} → {module}")
    assert wrong == []


@pytest.mark.parametrize("app", APPS)
def test_inside_an_app_a_file_imports_from_its_left(app):
    wrong = []
    for path in (ROOT / app).rglob("*.py"):
        parts = path.relative_to(ROOT / app).with_suffix("").parts
        if "migrations" in parts or parts[0] in ("__init__", "apps", "management"):
            continue
        for module in imports_of(path):
            names = module.split(".")
            if names[0] != app or len(names) < 2 or names[1] not in PLACE:
                continue
            if PLACE[names[1]] > PLACE[parts[0]] and (app, parts[0], names[1]) not in FORETOLD:
                wrong.append(f"{app}/{'/'.join(parts)} → {module}")
    assert wrong == []


def test_only_rendering_knows_the_engines():
    engines = ("weasyprint", "docx", "xlsxwriter", "openpyxl", "pypdf", "python_calamine")
    wrong = [
        f"{path.relative_to(ROOT)} → {module}"
        for path in python_files()
        for module in imports_of(path)
        if module.split(".")[0] in engines
        and not {"rendering", "filecheck"} & set(path.parts)
        and path.name != "bench.py"
    ]
    assert wrong == []


def test_files_are_short():
    long = [
        (str(p.relative_to(ROOT)), n)
        for p in [*python_files(), *(ROOT / "tests").rglob("*.py")]
        if (n := len(p.read_text().splitlines())) > LONGEST
    ]
    assert long == []


@pytest.mark.parametrize("folder", ["documents", "reports"])
@pytest.mark.parametrize("app", APPS)
def test_every_plug_in_is_listed(app, folder):
    directory = ROOT / app / folder
    if not (directory / "__init__.py").exists():
        return
    listed = (directory / "__init__.py").read_text()
    assert [p.stem for p in directory.glob("*.py") if p.stem != "__init__" and p.stem not in listed] == []
