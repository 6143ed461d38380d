"""Articles of one event, matched across outlets, and the copies among them."""

from framing.stories.clusters import average_linkage
from framing.stories.copies import Copy, find_copies
from framing.stories.match import Leads, find_stories, threshold
from framing.stories.similarity import similarities

__all__ = ["Copy", "Leads", "average_linkage", "find_copies", "find_stories", "similarities", "threshold"]
