import subprocess
import sys

import pytest

from framing.errors import InputError
from framing.text.clean import clean
from framing.text.language import detect, require_article

ENGLISH = "The harbour opened again on Tuesday after a strike of three weeks, and the first ship left before noon."
OTHERS = {
    "de": "Die Regierung in Berlin hat am Dienstag ein neues Gesetz beschlossen, das die Renten sichern soll.",
    "fr": "Le gouvernement a annoncé mardi une réforme des retraites qui devrait entrer en vigueur dans deux ans.",
    "es": "El gobierno anunció el martes una reforma de las pensiones que entrará en vigor dentro de dos años.",
    "nl": "De regering heeft dinsdag een nieuwe wet aangekondigd die de pensioenen tot 2030 moet garanderen.",
    "ru": "Правительство объявило во вторник о реформе пенсий, которая вступит в силу через два года.",
    "zh": "政府星期二宣布了一项养老金改革计划,将在两年内生效。",
}
CODE = """import os
def main(argv):
    for name in argv[1:]:
        x = {"a": [1, 2], "b": name}
        print(f"{x['a'][0]} <{name}>; {os.path.join('a', name)}")
    return {k: v for k, v in x.items() if v == {}}
"""


def check(text: str, force: bool = False) -> str:
    return require_article(text, clean(text), "a.txt", force).code


def test_english_is_english_at_any_length() -> None:
    assert check(ENGLISH) == "en"
    assert check(ENGLISH * 50) == "en"
    assert check("Three ships left the harbour.") == "en"
    assert check("He resigned.") == "en"


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages_are_named_and_refused(code: str) -> None:
    assert detect(OTHERS[code]).code == code
    with pytest.raises(InputError, match=r"^a\.txt: (\w+), not English; .*--force") as caught:
        check(OTHERS[code])
    assert "translate" not in str(caught.value)
    assert "mean little" in str(caught.value)


def test_force_lets_another_language_through_and_says_which() -> None:
    assert check(OTHERS["fr"], force=True) == "fr"


def test_a_mixed_text_is_in_the_language_of_most_of_it() -> None:
    assert detect(ENGLISH * 4 + OTHERS["fr"]).english
    assert detect(OTHERS["fr"] * 4 + ENGLISH).code == "fr"


def test_english_prose_with_a_foreign_quotation_is_english() -> None:
    assert check(f"{ENGLISH} “{OTHERS['es']}” {ENGLISH}") == "en"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no prose"),
        ("close\n\n— — —", "no prose \\(only close, separator\\)"),
        ("1, 2, 3\n4, 5, 6\n7, 8, 9", "numbers and signs without words"),
        ("a 1234 5678\nb 9012 3456\nc 7890 1234", "mostly numbers"),
        (CODE, "code or data"),
        (
            "\n".join(f"Item Number {word}" for word in ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]),
            "without a sentence",
        ),
    ],
)
def test_what_is_no_article_is_said_in_one_line(text: str, found: str) -> None:
    with pytest.raises(InputError, match=found) as caught:
        check(text)
    assert "; " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_little_prose_is_not_an_error() -> None:
    assert check(f"Harbour opens again\n\n{ENGLISH[:40]}.") == "en"


def test_an_ordinary_english_text_needs_no_language_model() -> None:
    code = (
        f"import sys; from framing.text.language import detect; detect({ENGLISH!r}); print('py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
