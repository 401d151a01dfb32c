from django.urls import path

from courses import views

app_name = "courses"
urlpatterns = [
    path("figures/<str:name>", views.figure, name="figure"),
    path("files/<slug:digest>/<slug:title>.pdf", views.file, name="file"),
]
