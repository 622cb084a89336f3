"""Logs as JSON lines: one event, one line, one request number through web, jobs and trail.

A line holds ids, states and places in the code; never form values, texts, cookies or local variables. What an
exception says is left out too, since databases quote the rejected value: its kind and where it was raised remain.
"""

import json
import logging
import re
import traceback
import uuid
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

_request: ContextVar[str] = ContextVar("request_id", default="")
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_GIVEN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
FACTS = ("method", "route", "status", "milliseconds", "user_id", "task", "attempt")


def request_id() -> str:
    """The number of what is being done now; "" outside a request or job."""
    return _request.get()


def begin(given: str = "") -> str:
    """Start a request or job under `given`, when it is a number of ours, else under a new one."""
    number = given if _GIVEN.fullmatch(given or "") else str(uuid.uuid4())
    _request.set(number)
    return number


def reference() -> str:
    """What a person reads out on the telephone: the first letters of the request number."""
    return (request_id() or str(uuid.uuid4()))[:8].upper()


def places(error: BaseException) -> list[str]:
    """Where an error came from, innermost last: file, line, function; nothing that was in a variable."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{frame.filename.rsplit('/site-packages/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        line = {
            "time": datetime.fromtimestamp(record.created, _ZONE).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            # libraries put what an exception says into their sentence; the sentence itself is enough
            "message": str(record.msg) if error and record.args else record.getMessage(),
            "request_id": request_id(),
        }
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if error is not None:
            line |= {"error": type(error).__name__, "at": places(error)}
            if code := getattr(error.__cause__, "pgcode", None):
                line["pgcode"] = code
        return json.dumps(line, ensure_ascii=True, default=lambda value: type(value).__name__)
