"""Who is threatened is answered as threatened, and not asked about suicide."""

import pytest

from beside.companion.care import look


@pytest.mark.parametrize(
    "said",
    [
        "Mijn broer wil mij vermoorden",
        "Mijn ex dreigt me te vermoorden",
        "Er droht mich zu erschießen",
        "Mein Mann hat gesagt, er sticht mich ab",
    ],
)
def test_a_threat_by_another_is_violence_alone(said: str) -> None:
    seen = look(said)
    assert seen.level == 3
    assert seen.kinds[0] == "violence"
    assert "suicide" not in seen.kinds


@pytest.mark.parametrize(
    "said",
    [
        "Die Hitze bringt mich um",
        "Wie sag ich das meiner Chefin? Sie wird mich umbringen.",
        "Meine Mutter bringt mich um, wenn ich zu spät komme",
        "mijn baas vermoordt me als ik te laat ben",
    ],
)
def test_a_manner_of_speaking_is_none(said: str) -> None:
    assert look(said).level < 2


@pytest.mark.parametrize("said", ["Ik wil dood", "Ich will mich umbringen", "Ich will sterben"])
def test_a_wish_to_die_is_still_heard(said: str) -> None:
    seen = look(said)
    assert seen.level >= 2
    assert seen.kinds[0] == "suicide"
