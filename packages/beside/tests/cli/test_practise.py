"""`beside practise`: a simulated person in the terminal."""


def test_the_persons_are_listed_by_setting(beside):
    shown = beside("practise").stdout
    assert "Nursing" in shown
    assert "ines: Inês Marques" in shown
    assert shown.count("\n  ") >= 28


def test_words_are_answered_and_a_quiet_line_tells_what_moved(beside):
    ran = beside("practise", "wim", "--seed", "1", typed="Take your time.\n/end\n")
    assert ran.exit_code == 0, ran.output
    assert "1 · " in ran.stdout
    assert "nothing was wanted of them" in ran.stdout


def test_a_turn_is_taken_anew_and_two_ways_lie_side_by_side(beside):
    typed = "...\nYou should sleep.\n/back\nI'm here.\n/compare\n/line\n/help\n/end\n"
    shown = beside("practise", "ines", "--seed", "1", typed=typed).stdout
    assert "Way 1" in shown
    assert "Way 2" in shown
    assert "Which of the two" in shown
    assert "better" not in shown.partition("Way 1")[2].partition("Which")[0]


def test_words_that_may_be_about_oneself_are_not_played_with(beside):
    typed = "I want to kill myself.\nr nl\n/end\n"
    shown = beside("practise", "ines", "--seed", "1", typed=typed).stdout
    assert "about you yourself" in shown
    assert "Reach a person" in shown
    assert "1 · " not in shown


def test_somebody_of_ones_own_is_read_from_a_file(beside, tmp_path):
    from importlib.resources import files

    text = files("beside.mirror").joinpath("persons", "hal.toml").read_text("utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("Hal Brennan", "Cormac Daly"), "utf-8")
    assert "Cormac Daly" in beside("practise", "--file", str(mine), typed="/end\n").stdout
    mine.write_text("name = 3", "utf-8")
    wrong = beside("practise", "--file", str(mine), typed="/end\n")
    assert wrong.exit_code == 1
    assert "lacks something" in wrong.output


def test_an_unknown_name_says_where_the_names_are(beside):
    wrong = beside("practise", "nobody")
    assert wrong.exit_code == 1
    assert "beside practise" in wrong.output


def test_a_voice_says_it_in_its_own_words(beside):
    ran = beside("practise", "ines", "--seed", "1", "--voice", "scripted", typed="...\n/end\n")
    assert ran.exit_code == 0, ran.output
    assert "I'm listening." in ran.stdout
    assert "1 · " in ran.stdout
