from django.urls import path

from certificates.views import own, verify

app_name = "certificates"
urlpatterns = [
    path("certificates/<slug:module>/name/", own.name, name="name"),
    path("certificates/<str:code>/", own.certificate, name="certificate"),
    path("certificates/<str:code>/status", own.status, name="status"),
    path("certificates/<str:code>/<slug:name>.pdf", own.file, name="file"),
    path("verify/", verify.form, name="verify"),
    path("verify/<path:code>/", verify.result, name="verified"),
]
