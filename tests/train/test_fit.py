"""What goes into one round of learning."""

import random

import pytest

pytest.importorskip("torch", reason="the gauge is made with torch, which is not here")

import torch

from beside_gauge.encode import marks
from corpus.settled import corpus, split
from train.encoder import Encoder
from train.fit import (
    Recipe,
    _above,
    batches,
    groups,
    padded,
    scores,
    some_hidden,
)
from train.learn import averaged
from train.model import Gauge


@pytest.fixture(scope="module")
def few():
    part, _ = split(corpus("train", names=["101-schools", "171-ordinary-e"]), 0.3, seed=3)
    return part


def test_hidden_words_are_about_as_many_as_wanted_and_never_marks():
    torch.manual_seed(2)
    mark = marks()
    ids = torch.randint(1000, 30_000, (60, 80))
    ids[:, 0], ids[:, 9], ids[:, 10] = mark.begins, mark.ends, mark.person
    hidden = some_hidden(ids, Recipe(hidden=0.2))
    changed = hidden != ids
    assert set(hidden[changed].tolist()) == {mark.hidden}
    assert not changed[:, [0, 9, 10]].any()
    assert 0.15 < changed[:, 11:].float().mean() < 0.25
    assert torch.equal(some_hidden(ids, Recipe(hidden=0.0)), ids)


@pytest.mark.parametrize(("turns", "low", "high"), [(0.5, 0.35, 0.65), (2.0, 2.0, 2.0)])
def test_a_round_holds_every_reply_and_its_share_of_the_persons_turns(few, turns, low, high):
    made = groups(few, Recipe(turns=turns), random.Random(1))
    alone = [g for g in made if len(g.items) == 1 and g.items[0].turn]
    assert low * len(few.turns) <= len(alone) <= high * len(few.turns)
    assert sum(len(g.items) for g in made) - len(alone) >= len(few.answers)


def test_batches_hold_every_group_once_and_keep_to_their_size(few):
    made = groups(few, Recipe(), random.Random(1))
    found = list(batches(list(made), 1500, random.Random(2)))
    assert sorted(map(id, made)) == sorted(id(g) for batch in found for g in batch)
    for batch in found:
        items = [item for group in batch for item in group.items]
        longest = max(len(item.text.ids) for item in items)
        assert len(batch) == 1 or longest * len(items) <= 1500
        assert padded([item.text for item in items])[0].shape == (len(items), longest)


def test_an_order_names_two_replies_of_its_own_group(few):
    for group in groups(few, Recipe(changed=1.0), random.Random(5)):
        for order in group.orders:
            assert order.more != order.less
            assert max(order.more, order.less) < len(group.items)


def test_scores_come_back_in_the_order_of_their_texts(few):
    torch.manual_seed(4)
    model = Gauge(Encoder(30_522)).eval()
    torch.nn.init.normal_(model.turn.where.weight, std=0.1)
    texts = [item.text for g in groups(few, Recipe(), random.Random(1))[:4] for item in g.items]
    together = scores(model, texts, Recipe(hidden=0.0))
    for row, text in enumerate(texts):
        alone = scores(model, [text], Recipe(hidden=0.0))
        for one, all_ in zip(alone, together, strict=True):
            assert torch.allclose(one[0].float(), all_[row].float(), atol=0.05)


def test_danger_is_pressed_above_the_harmless_turn_that_sounds_most_like_it():
    real = torch.tensor([0.5], requires_grad=True)
    harmless = torch.tensor([-2.0, 1.5, -1.0], requires_grad=True)
    _above(real, harmless).backward()
    assert real.grad is not None
    assert harmless.grad is not None
    assert real.grad[0] < 0
    assert harmless.grad[1] > 10 * harmless.grad[0] > 0
    assert float(_above(torch.tensor([9.0]), torch.tensor([-9.0]))) < 0.01
    assert float(_above(torch.tensor([1.0]), torch.tensor([]))) == 0


def test_runs_are_averaged_weight_by_weight():
    one = {"w": torch.tensor([1.0, 3.0]), "steps": torch.tensor(4)}
    other = {"w": torch.tensor([3.0, 1.0]), "steps": torch.tensor(4)}
    made = averaged([one, other])
    assert made["w"].tolist() == [2.0, 2.0]
    assert made["steps"].item() == 4
    assert averaged([one])["w"].tolist() == [1.0, 3.0]
