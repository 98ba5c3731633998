"""Addresses of the pages that belong to no one app."""

from django.urls import path

from portal.pages import sign_in

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("demo/", sign_in.accounts, name="demo"),
    path("demo/sign-in", sign_in.demo_sign_in, name="demo-sign-in"),
]
