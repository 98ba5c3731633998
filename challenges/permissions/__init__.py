"""Who may do what, from needs to agreements."""
