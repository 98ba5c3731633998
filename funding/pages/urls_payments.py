"""Addresses of the pages: bank accounts, payments, payment lists and confirmations."""

from django.urls import path

from funding.pages import accounts, payment_lists, payments

urlpatterns = [
    path("bank-accounts/", accounts.index, name="bank-accounts"),
    path("organisations/<uuid:pk>/bank-account/", accounts.show, name="bank-account"),
    path("bank-accounts/<uuid:pk>/confirmation/", accounts.confirm, name="bank-account-confirm"),
    path("payments/", payments.index, name="payments"),
    path("instalments/<uuid:pk>/payment/", payments.prepare, name="payment-prepare"),
    path("payments/<uuid:pk>/", payments.show, name="payment"),
    path("payments/<uuid:pk>/approval/", payments.approve, name="payment-approve"),
    path("payments/<uuid:pk>/void/", payments.void, name="payment-void"),
    path("payment-lists/", payment_lists.index, name="payment-lists"),
    path("payment-lists/send/", payment_lists.send, name="payment-send"),
    path("payment-lists/<uuid:pk>/list.csv", payment_lists.file, name="payment-list-file"),
]
