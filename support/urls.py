from django.urls import path

from support import views

app_name = "support"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("about/", views.about, name="about"),
    path("exit/", views.leaving, name="exit"),
    path("outbox/", views.outbox, name="outbox"),
]
