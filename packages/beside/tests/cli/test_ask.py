import click
import pytest
from click.testing import CliRunner

from beside.surfaces.cli.ask import agree
from beside.surfaces.cli.terminal import Terminal


def answered(language: str, typed: str) -> bool:
    heard: list[bool] = []

    @click.command()
    def command() -> None:
        heard.append(agree(Terminal(language), "?"))

    CliRunner().invoke(command, input=typed + "\n")
    return heard[0]


@pytest.mark.parametrize("typed", ["sí", "si", "Sí", "s", " SI "])
def test_a_yes_is_understood_without_its_accent(typed):
    assert answered("es", typed)


@pytest.mark.parametrize("typed", ["no", "n", "", "siempre", "yes"])
def test_anything_else_is_no(typed):
    assert not answered("es", typed)


def test_an_english_yes_is_still_a_yes():
    assert answered("en", "yes")
    assert answered("en", "Y")
    assert not answered("en", "no")
