"""One machine: what ./dev run serves. The same as production, without a certificate."""

from portal.settings import env
from portal.settings.local import read_local_file

read_local_file()

from portal.settings.base import *  # noqa: E402, F403

DEBUG = env.switch("DEBUG")
