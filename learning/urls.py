from django.urls import path

from learning.views import attempts, catalogue, editions, enrolments, steps, training

app_name = "learning"
urlpatterns = [
    path("", catalogue.home, name="home"),
    path("modules/<slug:module>/", catalogue.module, name="module"),
    path("modules/<slug:module>/setting/", enrolments.choose_setting, name="choose-setting"),
    path("training/", training.training, name="training"),
    path("learn/<slug:module>/", training.path, name="path"),
    path("learn/<slug:module>/continue/", training.resume, name="continue"),
    path("learn/<slug:module>/setting/", enrolments.change_setting, name="change-setting"),
    path("learn/<slug:module>/edition/", editions.change_edition, name="change-edition"),
    path("learn/<slug:module>/steps/<slug:step>/", steps.step, name="step"),
    path("learn/<slug:module>/steps/<slug:step>/seen/", steps.seen, name="seen"),
    path("learn/<slug:module>/steps/<slug:step>/<int:number>/", attempts.attempt, name="attempt"),
    path("learn/<slug:module>/steps/<slug:step>/<int:number>/result/", attempts.result, name="result"),
]
