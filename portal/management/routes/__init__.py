"""The routes of a case as a graph of acts, and the search for one that fewer people could walk than the rules ask for."""
