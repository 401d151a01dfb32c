from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from lms import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("api/", include("interop.urls")),
    path("media/", include("courses.urls")),
    path("", include("support.urls_root")),
    path("", include("certificates.urls_root")),
    *i18n_patterns(
        path("", include("learning.urls")),
        path("", include("accounts.urls")),
        path("", include("certificates.urls")),
        path("studio/", include("studio.urls")),
        path("", include("support.urls")),
    ),
]

handler400 = "support.errors.bad_request"
handler403 = "support.errors.forbidden"
handler404 = "support.errors.not_found"
handler500 = "support.errors.server_error"
