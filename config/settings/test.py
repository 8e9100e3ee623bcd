"""Settings of the tests: real PostgreSQL and Valkey, quick password hashing."""

from __future__ import annotations

import os
import re

from config.settings.base import *
from config.settings.base import REDIS_URL

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False
DEMONSTRATION = True
# Look static files up when asked for: each test's client would list all of them otherwise.
WHITENOISE_AUTOREFRESH = True

# Databases of their own on the same server, so that tests never meet a running demonstration; two
# for each of the processes among which the tests are divided.
_base = re.sub(r"/\d+$", "", REDIS_URL)
_first = 2 + 2 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CELERY_BROKER_URL = f"{_base}/{_first}".replace("unix://", "redis+socket://", 1)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"{_base}/{_first + 1}",
    }
}
