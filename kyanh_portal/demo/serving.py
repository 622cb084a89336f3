"""The portal with the addresses of BENCH_URLS in place of its own: what gunicorn serves while `manage.py bench` measures."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
settings.ROOT_URLCONF = os.environ["BENCH_URLS"]
