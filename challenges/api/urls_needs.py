"""Addresses of the API: needs."""

from challenges.api import needs
from portal.api.views import serve

urlpatterns = [
    serve("needs/", "api-needs", get=needs.list_needs, post=needs.start_need),
    serve("needs/<uuid:pk>/", "api-need", get=needs.show_need, put=needs.save_need),
    serve("needs/<uuid:pk>/files/", "api-need-files", post=needs.add_need_file),
    serve("needs/<uuid:pk>/submission/", "api-need-submit", post=needs.submit_need),
    serve("needs/<uuid:pk>/recommendation/", "api-need-recommend", post=needs.recommend_need),
    serve("needs/<uuid:pk>/return/", "api-need-return", post=needs.return_need),
    serve("needs/<uuid:pk>/rejection/", "api-need-reject", post=needs.reject_need),
    serve("needs/<uuid:pk>/pooling/", "api-need-pool", post=needs.pool_need),
    serve("needs/<uuid:pk>/notice/", "api-need-notice", post=needs.give_notice),
    serve("needs/<uuid:pk>/publication/", "api-need-publish", post=needs.publish_board),
    serve("needs/<uuid:pk>/withdrawal/", "api-need-withdraw", post=needs.withdraw_challenge),
    serve("files/<uuid:pk>/", "api-challenge-file", get=needs.read_file, delete=needs.remove_need_file),
]
