"""Measures how reading time grows over two doublings of many hostile inputs.

PYTHONPATH=.:tests python -m benchmarks.growth
"""

from growing_inputs import GROWING, seconds

_SLOW = 0.3
"""Minimum seconds for the largest of three sizes, so that the ratio is meaningful."""
_BAR = 4.6


def main() -> None:
    """Print the times and the growth of each input, and how many exceed the limit."""
    over = 0
    for name in GROWING:
        count = 8000
        while (most := seconds(name, count)) < _SLOW and count < 2_000_000:
            count *= 2
        growth = most / max(seconds(name, count // 4), 1e-6)
        over += growth > _BAR
        print(f"{name:24} {count:9,} {most:6.2f} s  x{growth:.1f}", flush=True)
    print(f"{len(GROWING)} inputs, over {_BAR}: {over}")


if __name__ == "__main__":
    main()
