"""Production: what is secret or local comes from the environment; its absence stops the start."""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *

if not os.environ.get("MAXHR_SECRET_KEY"):
    raise ImproperlyConfigured("Set MAXHR_SECRET_KEY to a long random string.")
ALLOWED_HOSTS = [host for host in os.environ.get("MAXHR_HOSTS", "").split(",") if host]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# Without a mail server notices stay in the inbox, and the mails are written to the log's stream.
if os.environ.get("MAXHR_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["MAXHR_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("MAXHR_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("MAXHR_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("MAXHR_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("MAXHR_SMTP_TLS", "yes") == "yes"
