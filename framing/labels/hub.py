"""Labelled sets of the library `datasets`: a folder that it wrote, or a set of the hub."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from framing.errors import InputError
from framing.extras import need
from framing.labels.tables import Placed, Record

Splits = Mapping[str, Any]
# What the library leaves in a folder that it wrote.
MARKS = ("dataset_info.json", "dataset_dict.json", "state.json")


def is_dataset_folder(path: Path) -> bool:
    """Whether the library wrote this folder."""
    return any((path / name).is_file() for name in MARKS)


def open_folder(path: Path) -> Splits:
    """The splits of a folder that `save_to_disk` wrote."""
    datasets = _library(str(path))
    try:
        return _splits(datasets.load_from_disk(str(path)))
    except Exception as error:  # the library raises what its many file formats raise
        raise InputError(f"{path}: no sound folder of datasets ({_first_line(error)}); save it again") from error


def open_hub(name: str) -> Splits:
    """The splits of a set of the hub, fetched or from the library's cache."""
    datasets = _library(name)
    try:
        return _splits(datasets.load_dataset(name))
    except Exception as error:
        raise InputError(
            f"{name}: no such file or folder, and not to be had from the hub ({_first_line(error)}); check the name"
        ) from error


def licence_of(splits: Splits) -> str | None:
    """The licence that a set states."""
    return next((split.info.license for split in splits.values() if split.info.license), None)


def records(splits: Splits, name: str) -> Iterator[Placed]:
    """The rows of all splits, each with its split's name, and classes by their names."""
    for split_name, split in splits.items():
        written = {column: _class_names(feature) for column, feature in split.features.items()}
        place = f"{name}/{split_name}" if split_name else name
        for number, row in enumerate(split, start=1):
            record: Record = {column: written[column](value) for column, value in row.items()}
            yield f"{place}:{number}", {"split": split_name or None, **record}


def _class_names(feature: Any) -> Callable[[Any], Any]:
    """What turns the numbers of a column of classes into their names."""
    if not hasattr(feature, "int2str"):
        return lambda value: value
    return lambda value: None if value is None or value < 0 else feature.int2str(value)


def _splits(found: Any) -> Splits:
    return found if isinstance(found, Mapping) else {"": found}


def _library(name: str) -> Any:
    need(name, "train", ("datasets",))
    import datasets

    return datasets


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
