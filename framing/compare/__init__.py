"""Groups of scored articles set against each other: means, differences, actors, words, stories; knows no models."""
