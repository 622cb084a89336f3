"""The list of cases names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_test_the_list_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", (ROOT / "docs" / "security.md").read_text())
    assert len(named) > 10
    assert [(file, test) for file, test in named if f"def {test}(" not in (ROOT / file).read_text()] == []
