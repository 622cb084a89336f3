# The only commands to remember.   make run · make test · make check · make demo · make bench · make stop
PYTHON ?= python3
PORT ?= 8000
HERE := .venv/bin/python
export PORT

.PHONY: help run test check demo bench stop setup setup-dev

help:
	@echo "make run    chạy cổng thông tin với số liệu giả lập (PORT=8000)"
	@echo "make test   chạy mọi kiểm thử, kể cả trên trình duyệt"
	@echo "make check  kiểm tra mã nguồn, mẫu trang, di trú, cấu hình triển khai"
	@echo "make demo   nạp số liệu giả lập (một lần)"
	@echo "make bench  đo các tỉ số hiệu năng"
	@echo "make stop   dừng hai máy chủ kèm theo"

setup:
	@$(PYTHON) kyanh_portal/base/bootstrap.py

setup-dev:
	@$(PYTHON) kyanh_portal/base/bootstrap.py --dev

run: setup
	@$(HERE) -m kyanh_portal.base.run

demo: setup
	@$(HERE) manage.py migrate --verbosity 0
	@$(HERE) manage.py demo

test: setup-dev
	@$(HERE) -m pytest -n 2 --dist loadgroup

check: setup-dev
	@$(HERE) -m ruff check .
	@$(HERE) -m ruff format --check .
	@$(HERE) -m djlint templates --lint --quiet
	@$(HERE) manage.py makemigrations --check --dry-run
	@env $(PRODUCTION) $(HERE) manage.py check --deploy --fail-level WARNING
	@$(HERE) -m pytest -q tests/test_architecture.py tests/test_conventions.py

# Production's shape, for the deployment check alone.
PRODUCTION = SECRET_KEY=kiem-tra-trien-khai-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789 \
	ALLOWED_HOSTS=portal.invalid CSRF_TRUSTED_ORIGINS=https://portal.invalid BEHIND_PROXY=1

bench: setup-dev
	@$(HERE) manage.py bench

stop: setup
	@$(HERE) -m kyanh_portal.base.embedded stop
