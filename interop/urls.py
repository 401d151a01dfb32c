from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from interop.views import attempts, base, catalogue, certificates, enrolments

app_name = "interop"
version_1 = [
    path("modules/", catalogue.Modules.as_view(), name="modules"),
    path("modules/<slug:module>/", catalogue.Module.as_view(), name="module"),
    path("modules/<slug:module>/paths/<slug:setting>/", catalogue.Path.as_view(), name="path"),
    path("enrolments/", enrolments.Enrolments.as_view(), name="enrolments"),
    path("enrolments/<slug:module>/", enrolments.Progress.as_view(), name="enrolment"),
    path("attempts/<int:attempt>/answers/<int:place>/", attempts.Answer.as_view(), name="answer"),
    path("certificates/<str:code>/", certificates.Certificate.as_view(), name="certificate"),
]
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("v1/", include(version_1)),
    re_path("", base.Nowhere.as_view()),
]
