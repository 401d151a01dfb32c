"""The site's database and sessions under the middleware of a new Django project, and nothing else of the site."""

from lms.settings import *  # noqa: F403
from lms.settings import INSTALLED_APPS

# allauth insists on its middleware, and what stands on certificates needs allauth.
_LEFT_OUT = ("allauth", "certificates", "interop", "studio")
INSTALLED_APPS = [app for app in INSTALLED_APPS if not app.startswith(_LEFT_OUT)]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "benchmarks.bare.urls"
