"""What decides the weights of a training, besides its rows, its start and the machine."""

from dataclasses import dataclass

from framing.neural.torch_encoder import BASE

WORDS = "loaded_words"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the weights, besides rows, start and machine. Chosen in docs/experiments.md.

    Attributes
    ----------
    passes : how often the rows of each source are seen; 0.5 is a random half of them. A source not named is not.
    spread : sources of fewer passes than the most are seen a little in each turn, not wholly in the first turns.
    batch_size : rows a step, over all processes; those that do not fit into `piece_tokens` are read piece by piece.
    piece_tokens : the most tokens read at once, padding counted; a row of more is read alone. Decides the memory, and
        the weights by no more than rounding.
    positive_weights : axis → what a label of 1 costs against one of 0, where the classes are of unlike size.
    adapted : the file of a base encoder adapted to news (`framing.training.adapt`), a path in the project; "" for none.
    task_weights : task → what its loss counts, 1 where it is not named; a task of many labels a row drowns the others.
    axis_weights : axis → what its loss counts among those of the axes, 1 where it is not named; 0's and 1's alike.
    swaps : the share of rows with judged mentions or marked names whose names are swapped, anew each time they are
        seen.
    average : the weights are the mean over this last share of the steps, which is a little better than the last ones.
    """

    axes: tuple[str, ...] = ("loaded", "opinion")
    base: str = BASE
    adapted: str = ""
    passes: tuple[tuple[str, float], ...] = (("babe", 4.0), ("subjectivity", 4.0))
    batch_size: int = 32
    piece_tokens: int = 8192
    learning_rate: float = 1e-4
    head_learning_rate: float = 1e-3
    weight_decay: float = 0.01
    dropout: float = 0.1
    label_smoothing: float = 0.05
    word_weight: float = 0.5
    positive_weights: tuple[tuple[str, float], ...] = ()
    task_weights: tuple[tuple[str, float], ...] = ()
    axis_weights: tuple[tuple[str, float], ...] = ()
    spread: bool = False
    swaps: float = 0.0
    average: float = 0.0
    max_tokens: int = 192
    random_state: int = 0

    @property
    def heads(self) -> tuple[str, ...]:
        """The linear heads on the token states: one an axis, and the loaded words."""
        return (*self.axes, WORDS)
