"""What a reader sees of a comparison: page, Markdown, charts, tidy tables and JSON. Nothing here computes one."""
