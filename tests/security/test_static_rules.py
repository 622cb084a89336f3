"""What must not stand in the code, read from the code itself: cheap enough for every check."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("kyanh_portal", "chibo", "hoithao", "nghiquyet")
# (file, model) that may be asked past the scope, and why
UNSCOPED = {
    ("chibo/views/accounts.py", "RoleGrant"): "the grants of one account, for who manages accounts",
    ("kyanh_portal/audit/views.py", "AuditEntry"): "the scope, and for the administrator the administrative verbs",
    ("chibo/forms/organisations.py", "Member"): "of the branch of an organisation found in scope",
    (
        "hoithao/views/year_levels.py",
        "ParameterValue",
    ): "rules of the branch of the page and of those above it, which bind it",
    (
        "hoithao/views/dated_rules.py",
        "AuditEntry",
    ): "changes of the rules the page is about, for who may see those rules",
    ("nghiquyet/views/topics.py", "TopicMark"): "of a meeting found in scope",
    ("hoithao/forms/meetings.py", "Organisation"): "where the user runs meetings, or the one of the meeting found",
    ("hoithao/forms/meetings.py", "Member"): "on the roll of a meeting found in scope",
    ("hoithao/forms/ballots.py", "Member"): "on the roll of a meeting found in scope",
    ("hoithao/forms/tasks.py", "Member"): "on the roll of a meeting found in scope",
    ("hoithao/forms/signing.py", "Member"): "on the roll of a meeting found in scope",
    ("hoithao/views/task_steps.py", "Task"): "what earlier meetings of the body of a meeting found in scope left open",
    ("hoithao/forms/workshop_papers.py", "Organisation"): "below the organisation of a workshop found in scope",
    ("hoithao/forms/workshops.py", "Organisation"): "below the organisation of a workshop found in scope",
    ("hoithao/forms/around.py", "Member"): "on the roll of a meeting found in scope",
    ("hoithao/views/around.py", "Task"): "what earlier meetings of the body of a meeting found in scope left open",
    ("hoithao/forms/rounds.py", "Organisation"): "the cells below the owner of a programme found in scope",
    (
        "nghiquyet/forms/drafting.py",
        "Organisation",
    ): "the owner of a resolution found in scope and what lies just below it",
    (
        "chibo/forms/lifecycle.py",
        "Organisation",
    ): "a member may move to any cell: names of cells alone, under the right to move one",
    ("chibo/views/members.py", "Member"): "who was here on a past day: the scope is put to the placement of that day",
    ("chibo/views/members.py", "Placement"): "of the members found in scope",
    ("chibo/forms/accounts.py", "Organisation"): "narrowed by the paths the administrator holds",
    ("chibo/views/privacy.py", "Member"): "the reader's own record",
    ("chibo/views/privacy.py", "DataRequest"): "of the reader's own record",
    (
        "chibo/forms/narrowing.py",
        "Member",
    ): "the scope is put to the placement of the day; else the reader's own record",
    ("chibo/forms/development.py", "Member"): "of the cell of a candidate found in scope",
    ("chibo/forms/campaigns.py", "Member"): "of the organisation of a review form found in scope",
    ("hoithao/views/agenda.py", "Member"): "only those on the roll of the meeting found in scope",
}
# A chart drawn by us from numbers; the square code of a paper, drawn from its own letters and digits.
SAFE_MARKS = {"hoithao/cards.py", "hoithao/reports/meetings_summary.py", "hoithao/papercodes.py"}


def sources(*parts):
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            relative = path.relative_to(ROOT)
            if "migrations" not in relative.parts and (not parts or set(parts) & {*relative.parts, path.name}):
                yield str(relative), path.read_text()


def scoped_models():
    return {m.__name__ for m in apps.get_models() if hasattr(m._default_manager.none(), "visible_to")}


def unscoped_lookups(source: str, models: set[str]):
    """Model names whose rows are asked for without `visible_to` in the same chain of calls."""
    tree = ast.parse(source)
    inner = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    inner |= {id(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
    for node in ast.walk(tree):
        if id(node) in inner or not isinstance(node, (ast.Call, ast.Attribute)):
            continue
        names, at = [], node
        while isinstance(at, (ast.Call, ast.Attribute)):
            if isinstance(at, ast.Attribute):
                names.append(at.attr)
            at = at.func if isinstance(at, ast.Call) else at.value
        if isinstance(at, ast.Name) and at.id in models and "objects" in names:
            if not {"visible_to", "takeable_by", "none"} & set(names):
                yield at.id, node.lineno


def test_the_rule_finds_an_unscoped_lookup():
    source = "rows = Member.objects.filter(pk=1).first()\ngood = Member.objects.visible_to(u).get(pk=1)\n"
    assert list(unscoped_lookups(source, {"Member"})) == [("Member", 1)]


def test_pages_and_forms_ask_only_for_what_the_user_may_see():
    models = scoped_models()
    assert len(models) >= 8
    wrong = [
        f"{path}:{line} {model}"
        for path, source in sources("views", "views.py", "forms", "forms.py")
        for model, line in unscoped_lookups(source, models)
        if (path, model) not in UNSCOPED
    ]
    assert wrong == []


def test_nothing_escapes_the_escaping():
    wrong = [p for p, s in sources() if re.search(r"mark_safe\(|SafeString\(|\bhtml_safe\b", s) and p not in SAFE_MARKS]
    for path in (ROOT / "templates").rglob("*.html"):
        if re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off", path.read_text()):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


@pytest.mark.parametrize("where", ["views", "forms", "search"])
def test_no_raw_sql_near_a_request(where):
    wrong = [
        path
        for path, source in sources(where, f"{where}.py")
        if re.search(r"\.raw\(|\.extra\(|RawSQL\(|cursor\(\)", source)
    ]
    assert wrong == []


def test_no_field_name_comes_from_a_request():
    """Neither order, nor filter, nor attribute is named by what was sent."""
    pattern = r"(order_by|filter|exclude|values|annotate|only|defer)\(\s*\*{1,2}\s*(self\.)?request\.|getattr\([^)]*request\.(GET|POST)"
    assert [path for path, source in sources() if re.search(pattern, source)] == []


def test_what_becomes_a_number_is_asked_to_be_decimal():
    """ "²".isdigit() is true and int("²") breaks the page; isdecimal() means what int() takes."""
    assert [path for path, source in sources() if ".isdigit(" in source] == []


def test_every_model_form_names_its_fields():
    for path, _ in sources("forms", "forms.py"):
        importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    waiting, wrong, seen = [forms.ModelForm], [], 0
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.split(".")[0] in FOLDERS and getattr(kind, "_meta", None) and kind._meta.model:
            seen += 1
            if not isinstance(kind._meta.fields, (list, tuple)) or kind._meta.exclude:
                wrong.append(kind.__qualname__)
    assert wrong == [] and seen
