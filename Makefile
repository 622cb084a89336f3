# The only commands to remember.   make run · make test · make check · make demo · make bench · make stop
PYTHON ?= python3
PORT ?= 8000
HERE := .venv/bin/python
export PORT
# make run DAY=2022-01-10: the demo world told further, in a database of its own.
export DAY

.PHONY: help run test check demo bench stop lock setup setup-dev

help:
	@echo "make run    chạy cổng thông tin với số liệu giả lập (PORT=8000; DAY=2022-01-10: ngày khác của câu chuyện)"
	@echo "make test   chạy mọi kiểm thử, kể cả trên trình duyệt"
	@echo "make check  kiểm tra mã nguồn, mẫu trang, di trú, cấu hình triển khai"
	@echo "make demo   nạp số liệu giả lập (một lần)"
	@echo "make bench  đo các tỉ số hiệu năng"
	@echo "make stop   dừng hai máy chủ kèm theo"

setup:
	@"$(PYTHON)" kyanh_portal/base/bootstrap.py

setup-dev:
	@"$(PYTHON)" kyanh_portal/base/bootstrap.py --dev

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
	@$(HERE) manage.py migrate --verbosity 0
	@env $(PRODUCTION) $(HERE) manage.py check --deploy --database default --fail-level WARNING
	@$(HERE) -m pytest -q tests/test_architecture.py tests/test_conventions.py tests/security/test_static_rules.py

# Production's shape, for the deployment check alone.
PRODUCTION = SECRET_KEY=kiem-tra-trien-khai-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789 \
	ALLOWED_HOSTS=portal.invalid CSRF_TRUSTED_ORIGINS=https://portal.invalid BEHIND_PROXY=1 FIELD_KEYS=kiem-tra-khoa-rieng-0123456789-abcdefghijkl

# make bench ONLY=P7 measures one; KEEP=1 keeps the loaded databases for the next run.
bench: setup-dev
	@$(HERE) manage.py bench $(foreach name,$(ONLY),--only $(name)) $(if $(KEEP),--keep)

# After a change in requirements.txt: the same versions and all they need, with the hash of every file.
lock: setup-dev
	@$(HERE) -m pip install -q --disable-pip-version-check pip-tools==7.6.2
	@$(HERE) -m piptools compile -q --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate -o requirements.lock requirements.txt
	@sed -i "1i \\# Made from requirements.txt by make lock; the image is built from it." requirements.lock

stop: setup
	@$(HERE) -m kyanh_portal.base.embedded stop
