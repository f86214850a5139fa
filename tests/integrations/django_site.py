"""The one Django project of the tests. A process can set Django up only once, so its tests import this first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection, connections

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ":memory:",
            "OPTIONS": {"timeout": 60} | ({"transaction_mode": "IMMEDIATE"} if django.VERSION >= (5, 1) else {}),
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.admin",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.messages",
        "django.contrib.sessions",
        "rest_framework",
        "tests.integrations.django_desk",
    ],
    LOGGING_CONFIG=None,  # the handlers of logging are the same for all tests
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "wtisd_model.integrations.django.ProblemDetailsMiddleware",
    ],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "EXCEPTION_HANDLER": "wtisd_model.integrations.drf.exception_handler",
    },
    SECRET_KEY="of the tests",  # noqa: S106 - it protects nothing
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    USE_TZ=True,
)
django.setup()


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Use a database in a new file, without tables."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = str(folder / "django.sqlite3")
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def create_tables() -> None:
    """Create the tables of the models of all apps."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
