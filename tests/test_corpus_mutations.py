"""Damaged files of every format are read or rejected with a reason; none crashes."""

import random
from contextlib import closing

from office_samples import damaged, samples

from corpus.formats.registry import FORMATS
from corpus.types import Skipped
from corpus.workers.pool import read_all

EACH = 15


def test_there_is_a_sample_of_each_format():
    """All readers are covered below."""
    assert samples().keys() == FORMATS.keys()


def test_damaged_files_are_read_or_refused_with_a_sentence(tmp_path):
    """Intact ones are read; damaged ones kill no process and stay within the limits."""
    chance = random.Random(11)
    for ending, data in samples().items():
        (tmp_path / f"whole{ending}").write_bytes(data)
        for number in range(EACH):
            (tmp_path / f"{number:03}{ending}").write_bytes(damaged(data, chance))
    files = sorted(tmp_path.iterdir())
    with closing(read_all(tmp_path, files)) as outcomes:
        for file, found in zip(files, outcomes, strict=True):
            refused = [one for one in found if isinstance(one, Skipped)]
            if file.stem == "whole":
                assert found
                assert refused == []
            for one in refused:
                assert one.reason.endswith(".")
                assert "crashed" not in one.reason, one
                assert "longer than" not in one.reason, one
                assert "not finished" not in one.reason, one
