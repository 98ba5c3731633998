"""What the sign-in library (django-allauth) does with our people, words, limits and mails."""
