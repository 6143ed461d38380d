"""What annotation tools mark in a text: words, and mentions with a stance."""

from dataclasses import dataclass, field
from typing import Any

from framing.labels.values import number, stance


@dataclass(slots=True)
class Marks:
    """Marks of one annotator in one text; a place that is given a stance is a mention, any other a word."""

    _places: dict[tuple[int, int], float | None] = field(default_factory=dict)

    def add(self, start: Any, stop: Any, labels: Any = None, judged: bool = False) -> None:
        """A marked place with its label or labels; only what is `judged` may have its stance as a number."""
        words = [label for label in _list(labels) if judged or number(str(label)) is None]
        stances = [found for label in words if (found := stance(label)) is not None]
        place = (int(start), int(stop))
        self._places[place] = stances[0] if stances else self._places.get(place)

    def columns(self) -> dict[str, Any]:
        """The columns `words` and `mentions`, as far as there are any."""
        words = [place for place, found in self._places.items() if found is None]
        mentions = [
            {"start": start, "stop": stop, "stance": found}
            for (start, stop), found in self._places.items()
            if found is not None
        ]
        return ({"words": words} if words else {}) | ({"mentions": mentions} if mentions else {})


def _list(labels: Any) -> list[Any]:
    if labels is None:
        return []
    return labels if isinstance(labels, list) else [labels]
