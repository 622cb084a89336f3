"""`make run`: the whole portal on this machine, until Ctrl-C.

Starts the embedded servers if they do not run, brings the database up to date, loads the demo world once, then keeps
web server, worker and timetable running. What it started it stops; what ran before goes on running.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from honcho.manager import Manager
from honcho.printer import Printer

ROOT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("PORT", "8000"))


def manage(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT)
    if done.returncode:
        raise SystemExit(done.returncode)


def check_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            raise SystemExit(
                f"✗ Cổng {PORT} đang có chương trình khác dùng. Chọn cổng khác: make run PORT=8010"
            ) from None


def welcome() -> None:
    """Once the web server answers, say where, and with which accounts."""
    address = f"http://127.0.0.1:{PORT}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=2)  # noqa: S310 - our own address
            break
        except OSError:
            time.sleep(0.25)
    else:
        return
    print(f"\n  Cổng thông tin đã chạy: {address}\n", flush=True)
    subprocess.run([sys.executable, "manage.py", "demo", "--accounts"], cwd=ROOT)
    print("\n  Dừng: bấm Ctrl-C\n", flush=True)


def main() -> int:
    check_port()
    started = []
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        from kyanh_portal.base import embedded

        started = [embedded.start_postgres(), embedded.start_valkey()]
    try:
        manage("migrate", "--verbosity", "0")
        manage("demo")
        python = f'"{sys.executable}"'
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        manager = Manager(Printer(sys.stdout))
        processes = {
            "web": f"{python} -m gunicorn kyanh_portal.wsgi --bind 127.0.0.1:{PORT} --workers 2 --timeout 60 --log-level warning",
            "worker": f"{python} -m celery -A kyanh_portal worker --loglevel WARNING --concurrency 2 --without-gossip --without-mingle",
            "beat": f"{python} -m celery -A kyanh_portal beat --loglevel WARNING --schedule '{ROOT / 'var' / 'beat'}' --pidfile=",
        }
        (ROOT / "var").mkdir(exist_ok=True)
        for name, command in processes.items():
            manager.add_process(name, command, env=environment, cwd=str(ROOT))
        threading.Thread(target=welcome, daemon=True).start()
        manager.loop()
        return manager.returncode or 0
    finally:
        if any(started):
            from kyanh_portal.base import embedded

            embedded.stop()


if __name__ == "__main__":
    raise SystemExit(main())
