"""The product as a WSGI application, with throttles that count but do not refuse a benchmark."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

from bench import lift_throttles

application = get_wsgi_application()
lift_throttles()
