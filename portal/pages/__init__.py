"""Pages for people that belong to no one app: signing in, language, errors."""
