"""Small rules that keep the house readable."""

import re
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "templates"
OURS = ["accounts", "audit", "documents", "reports", "ui", "chibo", "hoithao", "nghiquyet"]


def screens():
    return list(TEMPLATES.rglob("*.html"))


def test_no_inline_script_or_style():
    wrong = []
    for path in screens():
        text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.S)
        if re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(\ssrc=|type=\"application/json\"))|hx-on", text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_one_red_button_a_block():
    """Never two filled buttons in one block of actions."""
    wrong = []
    for path in screens():
        for block in re.findall(r"{% block head_actions %}(.*?){% endblock", path.read_text(), flags=re.S):
            choices = re.sub(r"{% if.*?{% endif %}", "", block, flags=re.S)
            if choices.count("btn-primary") > 1:
                wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_shared_templates_open_with_a_comment():
    wrong = [
        str(p.relative_to(ROOT))
        for p in screens()
        if p.parent.name in ("components", "layout") and not re.search(r"\{#|\{% comment", p.read_text()[:400])
    ]
    assert wrong == []


def test_every_model_and_field_speaks_vietnamese():
    wrong = []
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            if model._meta.verbose_name == re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower():
                wrong.append(model.__name__)
    assert wrong == []


def test_migrations_say_what_they_do():
    wrong = [
        str(p.relative_to(ROOT))
        for p in ROOT.glob("*/**/migrations/0*.py")
        if "auto_" in p.name and ".venv" not in p.parts
    ]
    assert wrong == []


def test_forms_name_their_fields():
    wrong = [
        str(p)
        for folder in ("kyanh_portal", "chibo", "hoithao", "nghiquyet")
        for p in (ROOT / folder).rglob("*.py")
        if '"__all__"' in p.read_text() and "fields" in p.read_text() and "forms" in str(p)
    ]
    assert [p for p in wrong if re.search(r'fields\s*=\s*"__all__"', Path(p).read_text())] == []


def test_the_product_stands_alone():
    """No path of a workplace, no outside address in what a browser or a paper loads."""
    wrong = []
    for path in [*screens(), *(ROOT / "static" / "css").glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]:
        if re.search(r"https?://(?!www\.w3\.org)", path.read_text()):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []
