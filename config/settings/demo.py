"""The demonstration that `make run` starts: a synthetic department, a clock to be moved."""

from __future__ import annotations

import os

from config.settings.base import *
from config.settings.base import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY

SECRET_KEY = os.environ.get("MAXHR_SECRET_KEY") or "demonstration-only-never-for-real-people"
DEMONSTRATION = True
ALLOWED_HOSTS = ["*"]
