"""Who is told what from needs to agreements."""
