from django.urls import path

from accounts.views import closing, demo, profile, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/code/resend/", sign_in.resend, name="resend"),
    path("sign-in/demo/", demo.sign_in, name="demo"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("profile/", profile.profile, name="profile"),
    path("profile/token/", profile.token, name="token"),
    path("profile/close/", closing.close, name="close"),
]
