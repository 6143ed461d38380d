"""What a reader sees of a score: terminal, page, Markdown, CSV and JSON. Nothing here computes a score."""
