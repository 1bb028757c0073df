"""The plots of a report, as SVG, with shares from 0 to 1 on both axes."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from bot.evaluation.calibration import Bin, Refusals
from bot.evaluation.report.elements import Markup, element

Point: TypeAlias = tuple[float, float]

_SIDE: Final = 240
"""The side of the plot area, without the scales."""
_LEFT: Final = 46
_TOP: Final = 12
_BELOW: Final = 44
_RIGHT: Final = 20
_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_LARGEST: Final = 14
_SMALLEST: Final = 3


def refusal_plot(curves: Mapping[str, Sequence[Refusals]], now: Point | None) -> Markup:
    """Return the ROC curve of refusals, one line per figure that could decide them.

    `now` is the current point: the shares of answerable and unanswerable questions refused.
    """
    lines = [
        element(
            "polyline",
            element("title", f"by {name}"),
            points=" ".join(_placed(one.wrongly, one.rightly) for one in curve),
            class_=f"line line-{name}",
        )
        for name, curve in curves.items()
    ]
    dots = [] if now is None else [_dot(now, 5, f"now: {now[1]:.0%} for {now[0]:.0%}")]
    return _plot(
        "Share of the unanswerable refused, against share of the answerable refused",
        ("answerable refused", "unanswerable refused"),
        *lines,
        *dots,
    )


def reliability_plot(bins: Sequence[Bin]) -> Markup:
    """Return a reliability diagram: share right against confidence, one dot per bin.

    The area of a dot is proportional to the number of answers.
    """
    most = max((one.answers for one in bins), default=1)
    dots = [
        _dot(
            (one.confidence, one.right),
            max(_SMALLEST, _LARGEST * (one.answers / most) ** 0.5),
            f"answers: {one.answers}, confidence {one.confidence:.2f}, {one.right:.0%} right",
        )
        for one in bins
    ]
    return _plot(
        "Share of answers that is right, against confidence", ("confidence", "right"), *dots
    )


def _plot(title: str, axes: tuple[str, str], *drawn: Markup) -> Markup:
    bottom, middle = _TOP + _SIDE, _LEFT + _SIDE / 2
    across, up = axes
    return element(
        "svg",
        element("title", title),
        *(_tick(share) for share in _TICKS),
        element("polyline", points=f"{_placed(0, 0)} {_placed(1, 1)}", class_="line diagonal"),
        *drawn,
        element("text", across, x=middle, y=bottom + _BELOW - 8, text_anchor="middle"),
        element(
            "text",
            up,
            x=0,
            y=0,
            text_anchor="middle",
            transform=f"translate(12 {_TOP + _SIDE / 2:g}) rotate(-90)",
        ),
        viewBox=f"0 0 {_LEFT + _SIDE + _RIGHT} {bottom + _BELOW}",
        role="img",
        aria_label=title,
    )


def _tick(share: float) -> Markup:
    x, y = _at(share, share)
    return element(
        "g",
        element("line", x1=x, y1=_TOP, x2=x, y2=_TOP + _SIDE, class_="grid"),
        element("line", x1=_LEFT, y1=y, x2=_LEFT + _SIDE, y2=y, class_="grid"),
        element("text", f"{share:.0%}", x=x, y=_TOP + _SIDE + 15, text_anchor="middle"),
        element("text", f"{share:.0%}", x=_LEFT - 5, y=y + 4, text_anchor="end"),
    )


def _dot(point: Point, radius: float, said: str) -> Markup:
    x, y = _at(*point)
    return element("circle", element("title", said), cx=x, cy=y, r=round(radius, 1), class_="dot")


def _at(across: float, up: float) -> Point:
    return round(_LEFT + _SIDE * across, 1), round(_TOP + _SIDE * (1 - up), 1)


def _placed(across: float, up: float) -> str:
    x, y = _at(across, up)
    return f"{x:g},{y:g}"
