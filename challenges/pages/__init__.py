"""Pages from needs to agreements."""
