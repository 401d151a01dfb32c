from django.urls import path

from benchmarks.bare import views

urlpatterns = [path("bare/", views.bare)]
