"""Features of an article, one module a family."""
