"""Serves the portal on this machine, until Ctrl-C: python -m kyanh_portal.base.run

Starts the embedded servers that are needed and do not run, brings the database up to date, loads the demo world once,
then keeps web server, worker and timetable running. What it started it stops; what ran before goes on running.
"""

import datetime as dt
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from honcho.manager import Manager
from honcho.printer import Printer

from kyanh_portal.base.env import env  # a .env file at the root may give the addresses

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def read_port(text: str) -> int:
    """The port to serve on; a number this user may listen on."""
    port = int(text) if text.isascii() and text.isdecimal() else 0
    if not 0 < port < 65536:
        raise SystemExit(f"✗ PORT={text} không phải số cổng. Chọn một số từ 1024 đến 65535: make run PORT=8010")
    return port


def read_day(text: str) -> None:
    """The day the demo world stands at, when one is asked for: DAY=2022-01-10."""
    if not text:
        return
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise SystemExit(f"✗ DAY={text} không phải ngày. Viết năm-tháng-ngày: make run DAY=2022-01-10") from None
    os.environ["PORTAL_TODAY"] = text


def check_port(port: int) -> None:
    """Refuse early, in a sentence, a port that is taken or forbidden."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise SystemExit(f"✗ Cổng {port} chỉ dành cho quản trị máy. Chọn cổng khác: make run PORT=8010") from None
        except OSError:
            raise SystemExit(
                f"✗ Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: make run PORT=8010"
            ) from None


def manage(*arguments: str) -> None:
    """A command of the portal that must succeed before it is served."""
    # In a session of its own, so that Ctrl-C reaches this program alone, which then ends the command quietly.
    command = subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, start_new_session=True)
    try:
        if command.wait():
            raise SystemExit(command.returncode)
    finally:
        if command.poll() is None:
            command.terminate()
            command.wait()


def welcome(port: int) -> None:
    """Once the web server answers, say where, and with which accounts."""
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=2)  # noqa: S310 - our own address
            break
        except OSError:
            time.sleep(0.25)
    else:
        return
    accounts = subprocess.run(
        [sys.executable, "manage.py", "demo", "--accounts"], cwd=ROOT, capture_output=True, text=True
    )
    print(f"\n  Cổng thông tin đã chạy: {address}\n\n{accounts.stdout}\n  Dừng: bấm Ctrl-C\n", flush=True)


def commands(port: int) -> dict[str, str]:
    """The three programs of the portal, as the compose file names them, for one machine."""
    python = shlex.quote(sys.executable)
    timetable = shlex.quote(str(ROOT / "var" / "beat"))
    celery = f"{python} -W ignore -m celery --quiet -A kyanh_portal"
    return {
        "web": f"{python} -m gunicorn kyanh_portal.wsgi --bind 127.0.0.1:{port} --workers 2 --timeout 60 --log-level warning",
        "worker": f"{celery} worker --loglevel WARNING --concurrency 2 --without-gossip --without-mingle",
        "beat": f"{celery} beat --loglevel WARNING --schedule {timetable} --pidfile=",
    }


def start_servers(started: list) -> None:
    """Start the embedded servers for which no address is given; remember how to stop each one started here."""
    if env.str("DATABASE_URL", "") and env.str("REDIS_URL", ""):
        return
    from kyanh_portal.base import embedded

    if not env.str("DATABASE_URL", "") and embedded.start_postgres():
        started.append(embedded.stop_postgres)
    if not env.str("REDIS_URL", "") and embedded.start_valkey():
        started.append(embedded.stop_valkey)


def serve(port: int) -> int:
    """Keep the three programs running until one ends or somebody asks to stop."""
    manager = Manager(Printer(sys.stdout))
    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
    for name, command in commands(port).items():
        manager.add_process(name, command, env={**os.environ, "PYTHONUNBUFFERED": "1"}, cwd=str(ROOT))
    threading.Thread(target=welcome, args=[port], daemon=True).start()
    # Honcho listens to Ctrl-C and kill; a closed terminal means the same.
    signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))
    manager.loop()
    if manager.returncode in (128 + signal.SIGINT, 128 + signal.SIGTERM):
        print("\n  Đã dừng cổng thông tin.", flush=True)
        return 0
    return manager.returncode or 0


def leave(number, _frame):
    """Asked to stop: unwind, so that every `finally` is heard."""
    raise SystemExit(128 + number)


def main() -> int:
    read_day(os.environ.get("DAY", ""))
    port = read_port(os.environ.get("PORT") or "8000")
    check_port(port)
    started = []
    # Asked to stop while still preparing, what was started is stopped all the same; then honcho listens itself.
    for number in SIGNALS:
        signal.signal(number, leave)
    try:
        start_servers(started)
        manage("migrate", "--verbosity", "0")
        manage("demo")
        return serve(port)
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for stop in reversed(started):
            stop()


if __name__ == "__main__":
    raise SystemExit(main())
