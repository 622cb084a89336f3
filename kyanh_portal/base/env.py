"""Typed reading of the environment; a .env file at the root is read where there is one."""

from pathlib import Path

from environs import Env

env = Env()
_FILE = Path(__file__).resolve().parents[2] / ".env"
if _FILE.is_file():
    env.read_env(str(_FILE))
