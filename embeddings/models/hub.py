"""Loads sentence-transformers models from a folder, the cache, or the hub."""

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from huggingface_hub import constants

from corpus.errors import UserError

_ANSWERS_WITHIN: Final = 5.0
"""Timeout in seconds; the hub's own client would try for more than a minute."""
# Raised in various cases by the library, the hub client and the readers of weights.
_FAILURES: Final = (OSError, ValueError, RuntimeError, KeyError, TypeError, ImportError)
_Model = TypeVar("_Model")


def load_model(load: Callable[..., _Model], name: str, setting: str, **options: Any) -> _Model:
    """Return a model by folder or name; UserError naming the setting if it is not available.

    `load` is called with the name and the options. The hub is only asked for models that are not
    cached, with a short timeout.
    """
    folder = Path(name).expanduser()
    known = str(folder) if folder.is_dir() else name
    try:
        return load(known, local_files_only=True, **options)
    except _FAILURES as error:
        if folder.is_dir() or constants.HF_HUB_OFFLINE:
            raise _cannot_load(name, setting, str(error)) from error
    _require_hub(name, setting)
    try:
        return load(name, **options)
    except _FAILURES as error:
        raise _cannot_load(name, setting, str(error)) from error


def weights_fingerprint(name: str, weights: Mapping[str, Any], *also: str) -> str:
    """Return the model's last name and a digest of its weights (tensors) and other settings."""
    digest = hashlib.blake2b(digest_size=8)
    for key, tensor in sorted(weights.items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
    for setting in also:
        digest.update(setting.encode())
    return f"{Path(name).name}-{digest.hexdigest()}"


def _require_hub(name: str, setting: str) -> None:
    """Raise UserError if the hub does not respond, or has no such model."""
    address = f"{constants.ENDPOINT}/api/models/{name}"
    try:
        urllib.request.urlopen(address, timeout=_ANSWERS_WITHIN).close()  # noqa: S310  # http(s)
    except urllib.error.HTTPError as error:
        if error.code in {401, 404}:
            reason = f"{constants.ENDPOINT} has no such model, or not for everybody"
            raise _cannot_load(name, setting, reason) from error
    except (OSError, ValueError) as error:
        reason = f"it has not been downloaded yet, and {constants.ENDPOINT} cannot be reached"
        raise _cannot_load(name, setting, reason) from error


def _cannot_load(name: str, setting: str, told: str) -> UserError:
    reason = told.strip().split("\n")[0][:200].rstrip(".")
    return UserError(
        f"The model {setting}={name} cannot be loaded: {reason}. Give the folder of a downloaded "
        f"model, or leave {setting} empty: the bundled model needs no network."
    )
