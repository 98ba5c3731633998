"""The tests: a mirror of the source, and journeys, races, attacks, the browser and the architecture."""
