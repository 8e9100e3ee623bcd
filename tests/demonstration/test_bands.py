"""Clusters and bands of the demonstration."""

from __future__ import annotations

import pytest

from demonstration.published import load_figures
from demonstration.rules.bands import CLUSTERS, band_of, bands_of, cluster_of, may_supervise


@pytest.mark.parametrize(
    ("series", "cluster"),
    [
        ("0083", "LE"), ("1801", "LE"), ("1802", "LE"), ("1811", "LE"), ("1881", "LE"),
        ("1895", "LE"), ("1896", "LE"), ("1889", "MP"), ("1894", "MP"),
        ("0401", "ST"), ("0802", "ST"), ("1320", "ST"), ("2210", "ST"), ("2299", "MP"),
        ("0905", "LA"), ("0930", "LA"), ("0950", "LA"), ("0901", "MP"),
        ("0301", "MP"), ("0343", "MP"), ("0303", "AS"), ("0318", "AS"), ("0963", "AS"),
    ],
)  # fmt: skip
def test_a_series_has_its_cluster(series: str, cluster: str) -> None:
    assert cluster_of(load_figures().series[series]) == cluster


@pytest.mark.parametrize(
    ("cluster", "grade", "supervisory", "band"),
    [
        ("LE", 3, False, "LE-ED"), ("LE", 5, False, "LE-ED"), ("LE", 9, False, "LE-ED"),
        ("LE", 10, False, "LE-FP"), ("LE", 13, False, "LE-FP"), ("LE", 14, False, "LE-SE"),
        ("LE", 15, False, "LE-SE"), ("LE", 12, True, "LE-SUP"), ("LE", 15, True, "LE-SUP"),
        ("AS", 1, False, "AS-ED"), ("AS", 4, False, "AS-ED"), ("AS", 5, False, "AS-FP"),
        ("AS", 9, False, "AS-FP"), ("AS", 7, True, "AS-SUP"), ("AS", 11, True, "AS-SUP"),
    ],
)  # fmt: skip
def test_a_grade_has_its_band(cluster: str, grade: int, supervisory: bool, band: str) -> None:
    assert band_of(cluster, grade=grade, supervisory=supervisory) == band


@pytest.mark.parametrize(
    ("cluster", "grade", "may"),
    [
        ("LE", 11, False), ("LE", 12, True), ("LE", 15, True),
        ("AS", 6, False), ("AS", 7, True), ("AS", 11, True), ("AS", 12, False),
    ],
)  # fmt: skip
def test_supervisors_come_only_from_grades_of_the_supervisory_band(
    cluster: str, grade: int, may: bool
) -> None:
    assert may_supervise(cluster, grade=grade) is may


def test_ranges_are_read_from_the_general_schedule_of_2024() -> None:
    ranges = {
        band.code: (band.minimum, band.maximum)
        for cluster in ("LE", "AS")
        for band in bands_of(cluster, gs=load_figures().gs)
    }
    assert ranges == {
        "LE-ED": (33_878, 66_731),
        "LE-FP": (56_528, 115_079),
        "LE-SE": (104_604, 159_950),
        "LE-SUP": (74_441, 159_950),
        "AS-ED": (21_986, 39_361),
        "AS-FP": (33_878, 66_731),
        "AS-SUP": (41_966, 80_737),
    }


def test_support_has_no_senior_expert_band() -> None:
    levels = {c: [b.level for b in bands_of(c, gs=load_figures().gs)] for c in CLUSTERS}
    assert levels.pop("AS") == ["entry_developmental", "full_performance", "supervisory"]
    assert all("senior_expert" in found for found in levels.values())
