"""What the gauge shows: agreement, tricks, evidence, danger, calibration, scope, speed, size.

The labels are the median of two blind readers (language models) who wrote none of the test part;
the situations and phrases of the tricks are by somebody who has never seen the gauge. Nothing of
it was learned from. `--conversations` and `--languages` measure
those instead. `--short` reads every fourth person's turn and fewer cases afresh.
"""

from collections.abc import Iterator

from benchmarks.measure.baselines import baselines
from benchmarks.measure.conversations import conversations
from benchmarks.measure.epitome import epitome
from benchmarks.measure.evidence import faithful
from benchmarks.measure.frozen import (
    Frozen,
    calibration_metrics,
    gate_metrics,
    kappa_metrics,
    pair_metrics,
    person_metrics,
    unfrozen,
)
from benchmarks.measure.languages import languages
from benchmarks.measure.scope import abstention
from benchmarks.measure.speed import size, speed
from benchmarks.measure.transfer import transfer
from benchmarks.measure.tricks import antigaming, metamorphic
from benchmarks.report import Metric, main
from beside_gauge.gauge import Gauge

REACH = {
    "kappa_mean": "0.60", "kappa_min": "0.45", "margin_over_tfidf": "0.05, low above 0",
    "style_only_kappa": "at most 0.20", "gate_recall": "0.92", "gate_false_alarms": "0.03",
    "pairs_right": "0.92", "metamorphic_min": "0.90", "metamorphic_mean": "0.95",
    "antigaming_wins": "0.97", "antigaming_worst_trick": "0.90", "evidence_faithful": "0.90",
    "s_kappa": "0.60", "k_kappa": "0.60", "danger_recall": "0.92",
    "danger_recall_oblique": "0.85", "danger_false_alarms": "0.02",
    "danger_false_alarms_hard": "0.15", "calibration_error": "0.05",
    "coverage_90": "0.87 to 0.93", "abstains_out": "0.95", "abstains_in": "at most 0.05",
    "single_ms_p50": "20", "speedup_over_roberta_torch": "10",
    "installed_mb": "260, English alone 230",
    "first_reading_s": "0.7", "conversation_rho_mean": "0.55", "conversation_rho_min": "0.35",
    **{f"kappa_{name}": "0.45" for name in ("de", "es", "fr", "nl")},
    "danger_recall_other": "0.85", "danger_false_alarms_other": "0.03",
}  # fmt: skip


def measure(short: bool) -> list[Metric]:
    """All of it; the full form takes some ten minutes."""
    return list(_each(short))


def whole_conversations(short: bool) -> list[Metric]:
    """C1 to C9 of whole conversations instead."""
    return list(conversations(Gauge.load(threads=2), short=short))


def other_languages(short: bool) -> list[Metric]:
    """German, Spanish, French and Dutch instead."""
    return list(languages(Gauge.load(threads=2), short=short))


def _each(short: bool) -> Iterator[Metric]:
    changed = unfrozen()
    if changed:
        raise SystemExit(f"The test part is not what was frozen: {', '.join(changed)}")
    yield from size(short=short)
    gauge = Gauge.load()
    yield from speed(gauge, short=short)
    gauge = Gauge.load(threads=2)
    frozen = Frozen(gauge, short=short)
    yield from kappa_metrics(frozen)
    yield from baselines(frozen)
    yield from gate_metrics(frozen)
    yield from pair_metrics(frozen)
    yield from metamorphic(gauge, short=short)
    yield from antigaming(gauge, short=short)
    yield from faithful(frozen)
    yield from person_metrics(frozen)
    yield from calibration_metrics(frozen)
    yield from abstention(gauge, short=short)
    yield from epitome(gauge, short=short)
    if not short:
        yield from transfer(gauge)


if __name__ == "__main__":
    main(measure, REACH, conversations=whole_conversations, languages=other_languages)
