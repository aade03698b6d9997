import re

import pytest

from beside.voices.pinned import WEIGHTS


@pytest.mark.parametrize("weights", WEIGHTS.values(), ids=lambda each: each.name)
def test_the_parts_add_up_to_the_whole(weights):
    assert sum(part.member_bytes for part in weights.parts) == weights.file_bytes
    assert len({part.sha256 for part in weights.parts}) == len(weights.parts)
    assert len({part.package for part in weights.parts}) == len(weights.parts)
    for sha256 in (weights.sha256, *(part.sha256 for part in weights.parts)):
        assert re.fullmatch("[0-9a-f]{64}", sha256)
    for part in weights.parts:
        assert 0 < part.wheel_bytes <= part.member_bytes


def test_the_three_of_the_catalogue_are_there():
    assert list(WEIGHTS) == ["smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"]
    assert [len(each.parts) for each in WEIGHTS.values()] == [1, 6, 22]
