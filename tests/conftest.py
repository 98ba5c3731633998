"""What every test may ask for: the database as the web role sees it, raw logins, a worker, a browser."""

pytest_plugins = ["tests.database", "tests.processes", "tests.browsing", "tests.clock"]
