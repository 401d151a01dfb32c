from django.urls import path

from support import views

urlpatterns = [path("", views.front_door, name="front-door")]
