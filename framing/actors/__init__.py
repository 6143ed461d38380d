"""Who an article is about: names become mentions, mentions are grouped under one id per real-world actor."""
