import beside_gauge
import beside_gym


def test_the_gym_installs_beside_the_gauge():
    assert beside_gym.__version__
    assert len(beside_gauge.DIMENSIONS) == 8
