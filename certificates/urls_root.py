"""Addresses without a language: what a certificate prints and its QR code opens."""

from django.urls import path

from certificates.views import verify

urlpatterns = [
    path("verify", verify.any_language, name="verify"),
    path("verify/<path:code>", verify.any_language, name="verify-code"),
]
