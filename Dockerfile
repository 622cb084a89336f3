# One image for web, worker, beat and migrations.
FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
# The copies need pg_dump of the server's own version, which Debian does not have.
# Collected files stand outside /app/var, which is a memory folder when the image runs read-only.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/app/staticfiles XDG_CACHE_HOME=/tmp/cache
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 \
        postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 portal \
    && useradd --system --uid 10001 --gid 10001 --home /app portal
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY . .
COPY --from=assets /app/node_modules ./node_modules
# Static files need no database and no real secret.
RUN python -m kyanh_portal.base.assets \
    && rm -rf node_modules \
    && SECRET_KEY=chi-de-gom-tep-tinh-khong-dung-o-noi-that-0123456789-abcdefghijkl DATABASE_URL=postgres://none@127.0.0.1/none \
       REDIS_URL=redis://127.0.0.1:6379/0 python manage.py collectstatic --noinput \
    && mkdir -p /app/var /backups && chown portal:portal /app/var /backups
USER portal
EXPOSE 8000
# The compose file gives the command of each service; without it the image is the web server.
CMD ["gunicorn", "kyanh_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--timeout", "60", "--max-requests", "2000", "--max-requests-jitter", "200"]
