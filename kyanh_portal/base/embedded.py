"""The embedded PostgreSQL and Valkey used when no address is given."""

import os


def database_url() -> str:
    return os.environ["DATABASE_URL"]


def redis_url() -> str:
    return os.environ["REDIS_URL"]
