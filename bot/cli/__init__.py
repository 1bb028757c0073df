"""The command line: `citera ask`, `chat`, `reembed` and the other commands."""

import sys
from types import TracebackType


def _leave_quietly(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Report any uncaught exception but Ctrl-C pressed while modules are still loading."""
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _leave_quietly
