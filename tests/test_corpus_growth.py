"""Reading takes time in step with the size of a file, whatever is in it."""

import pytest
from growing_inputs import GROWING, seconds


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_file_takes_twice_the_time(name):
    """Over two doublings it takes four times as long; with room for a machine that is busy.

    Work that grows with the square would take sixteen times. `benchmarks/growth.py` measures it.
    """
    assert seconds(name, 8000) < 9 * seconds(name, 2000) + 0.3
