"""Blind pairs: the key alone knows whose a reply is, ties count half, and nothing stale is told."""

import asyncio
import json

import pytest

from benchmarks import companion
from benchmarks.measure import arms
from benchmarks.measure.blind import Pair, Verdicts, marks_cut, read_verdicts, sha256, sheet, wins
from beside.companion.scales import Scales
from beside.voices.scripted import ScriptedVoice


def pair(number, arm="bare", *, theirs="theirs"):
    return Pair(
        situation=f"s{number}", arm=arm, turns=(("person", "Hi."),), ours="ours", theirs=theirs
    )


def test_the_key_puts_the_sheet_right_again():
    made = sheet([pair(n) for n in range(40)], seed="one")
    key = json.loads(made.key)["items"]
    lines = [json.loads(line) for line in made.items.splitlines()]
    assert all(line[key[line["item"]]["ours"]] == "ours" for line in lines)
    assert {each["ours"] for each in key.values()} == {"A", "B"}
    assert "situation" not in made.items
    assert sheet([pair(1)]).key != sheet([pair(1)]).key


def test_a_preference_is_counted_and_a_tie_is_half():
    made = sheet([*(pair(n) for n in range(10)), pair(10, theirs="ours")], seed="one")
    key = json.loads(made.key)
    better = {item: of["ours"] for item, of in key["items"].items()}
    always = Verdicts(reader="a", better=better, marks={i: {"A": [], "B": []} for i in better})
    never = Verdicts(reader="b", better=dict.fromkeys(better, "tie"), marks=always.marks)
    won = wins(key, [always, never], "bare")
    assert won.value == pytest.approx((10 * 0.75 + 0.5) / 11)
    assert won.n == 11
    assert wins(key, [always], "random").value is None


def test_marks_are_cut_by_what_readers_marked():
    key = json.loads(sheet([pair(n) for n in range(10)], seed="one").key)
    marked = {}
    for number, (item, of) in enumerate(key["items"].items()):
        other = "B" if of["ours"] == "A" else "A"
        marked[item] = {of["ours"]: ["N4"] if number < 2 else [], other: ["N8", "N4"]}
    reader = Verdicts(reader="a", better=dict.fromkeys(marked, "A"), marks=marked)
    assert marks_cut(key, [reader], "bare").value == pytest.approx(0.8)


def test_a_reader_who_left_one_out_is_named(tmp_path):
    path = tmp_path / "reader-1.json"
    path.write_text(json.dumps({"reader": "the first", "answers": {"i001": {"better": "A"}}}))
    with pytest.raises(ValueError, match="the first: 1 items have no answer, first i002"):
        read_verdicts(path, ["i001", "i002"])


@pytest.fixture(scope="module")
def spoken():
    async def speak():
        scales = Scales()
        await scales.open()
        voice = ScriptedVoice(
            ["You carried that home. What was it like?", "You should rest. You're amazing!",
             "It went on for long.", "At least it is over. Have you tried yoga?"]
        )  # fmt: skip
        ways = arms.Arms(voice, scales)
        return await ways.conversation(arms.fixed_persons()[0])

    return asyncio.run(speak())


def test_the_persons_are_thirty_and_always_the_same():
    found = arms.fixed_persons()
    assert len(found) == 30
    assert {each.language for each in found} == {"en"}
    assert "crisis" not in {each.kind for each in found}


def test_each_way_answers_every_turn(spoken, tmp_path):
    assert len(spoken) == arms.TURNS
    for each in spoken:
        texts = [text for _, text in each.candidates]
        assert each.care or each.weighed in texts
        assert each.by_chance in texts
        assert each.authored in [text for source, text in each.candidates if source == "authored"]
    path = tmp_path / "outputs.jsonl"
    path.write_text('{"made_with": {"voice": "v"}}\n')
    arms.keep(path, spoken)
    assert arms.read(path) == ({"voice": "v"}, spoken)


def test_readings_are_printed_only_of_what_was_read(spoken, tmp_path, capsys):
    outputs, folder, key = (tmp_path / name for name in ("outputs.jsonl", "read", "key.json"))
    made_with = arms.head({"voice": "v"})
    outputs.write_text(json.dumps({"made_with": made_with}) + "\n")
    arms.keep(outputs, spoken)
    with pytest.raises(SystemExit, match="only"):
        companion.write_sheet(outputs, folder, key, 60)
    companion.write_sheet(outputs, folder, key, sum(not each.care for each in spoken))
    assert f"key_sha256 {sha256(key.read_text())}" in capsys.readouterr().out
    names = list(json.loads(key.read_text())["items"])
    known = json.loads((folder / "marks.json").read_text())
    reading = {
        "reader": "the first",
        "sheet_sha256": known["sheet_sha256"],
        "answers": {name: {"better": "tie", "A": ["N1"], "B": []} for name in names},
    }
    file = folder / "reader-1.json"
    file.write_text(json.dumps(reading))
    found = {each.metric: each.value for each in companion.read_by([file], folder, key, outputs)}
    assert found["blind_win_over_bare"] == 0.5
    (folder / "marks.json").write_text(json.dumps({**known, "gauge": "another"}))
    assert companion.read_by([file], folder, key, outputs) == []
    assert "another gauge" in capsys.readouterr().err


def test_the_figures_have_their_names(spoken):
    scales = Scales()
    asyncio.run(scales.open())
    names = {each.metric for each in companion.figures(spoken, scales)}
    assert {
        "gauge_bare", "gauge_stance", "gauge_weighed", "worst_tenth_bare", "worst_tenth_weighed",
        "violations_cut",
    } <= names  # fmt: skip
