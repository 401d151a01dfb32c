"""Addresses without a language: what a certificate prints and its QR code opens."""

from django.urls import path

from certificates.views import keys, print, verify

urlpatterns = [
    path("certificates/ornaments/<slug:name>.svg", print.ornament, name="ornament"),
    path("verify", verify.any_language, name="verify"),
    path("verify/keys/<slug:key_id>.pem", keys.pem, name="verify-key"),
    path("verify/<path:code>", verify.any_language, name="verify-code"),
]
