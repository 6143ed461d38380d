"""The axis that a labelled column defines, where the user gives no definition of their own."""

from collections.abc import Mapping, Sequence

from framing.axes import Axis, Level
from framing.labels.row import LabelledSet, Scale

_UNITS = {
    Level.SENTENCE: "expected label of the journalist's sentences, by readers like those who labelled the set",
    Level.ARTICLE: "expected label of the article, by readers like those who labelled the set",
}


def axes_of(labelled: LabelledSet, names: Sequence[str], defined: Mapping[str, Axis]) -> dict[str, Axis]:
    """The definition of each axis: the given one with the range of its labels, else one made from the labels."""
    return {name: _axis(labelled, labelled.scales[name], defined.get(name)) for name in names}


def _axis(labelled: LabelledSet, scale: Scale, given: Axis | None) -> Axis:
    level = Level(labelled.level)
    low, high = _poles(scale)
    words = scale.axis.replace("_", " ")
    return Axis(
        name=scale.axis,
        low=given.low if given else low,
        high=given.high if given else high,
        range=scale.range,
        unit=given.unit if given and given.level is level else _UNITS[level],
        definition=given.definition if given else f"What the annotators of {labelled.name} labelled as “{words}”.",
        source=f"labels of {labelled.name}",
        anchors=given.anchors if given and given.range == scale.range else (),
        level=level,
    )


def _poles(scale: Scale) -> tuple[str, str]:
    words = scale.axis.replace("_", " ")
    if len(scale.names) > 1 and scale.classes:
        return scale.names[0], scale.names[-1]
    return f"not {words}", words
