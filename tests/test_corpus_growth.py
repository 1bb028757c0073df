"""Reading time is linear in the size of a file, whatever its contents."""

import pytest
from growing_inputs import GROWING, seconds


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_file_takes_twice_the_time(name):
    """Two doublings may take four times as long, with tolerance for a busy machine.

    Quadratic work would take sixteen times. `benchmarks/growth.py` measures it.
    """
    assert seconds(name, 8000) < 9 * seconds(name, 2000) + 0.3
