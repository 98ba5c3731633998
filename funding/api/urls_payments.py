"""Addresses of the API: bank accounts, payments, lists and confirmations."""

from funding.api import payments
from portal.api.views import serve

urlpatterns = [
    serve(
        "organisations/<uuid:pk>/bank-accounts/",
        "api-bank-accounts",
        get=payments.list_bank_accounts,
        post=payments.enter_bank_account,
    ),
    serve("bank-accounts/<uuid:pk>/confirmation/", "api-bank-account-confirm", post=payments.confirm_bank_account),
    serve("payments/", "api-payments", get=payments.list_payments),
    serve("payments/<uuid:pk>/", "api-payment", get=payments.show_payment),
    serve("instalments/<uuid:pk>/payment/", "api-payment-prepare", post=payments.prepare_payment),
    serve("payments/<uuid:pk>/approvals/", "api-payment-approve", post=payments.approve_payment),
    serve("payments/<uuid:pk>/void/", "api-payment-void", post=payments.void_payment),
    serve("payment-lists/", "api-payment-lists", get=payments.list_payment_lists, post=payments.send_payments),
    serve("payment-lists/<uuid:pk>/file/", "api-payment-list-file", get=payments.read_payment_list),
    serve("payment-confirmations/", "api-payment-confirmations", post=payments.import_confirmations),
]
