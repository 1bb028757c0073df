"""HTTP on 127.0.0.1, with connections that can be cut."""

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from bot_api.faults import HungUp, Refused

Params = dict[str, str]
Files = Mapping[str, tuple[str, bytes]]
"""Files of a request: name and content by part name."""
Method = Callable[[Params, Files], Any]


class HttpServer(ThreadingHTTPServer):
    """Serves one bot: its methods, and the files that people sent it."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(
        self, token: str, take: Callable[[str, Params, Files], Any], files: Mapping[str, bytes]
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.token, self.take, self.files = token, take, files

    def handle_error(self, *request: Any) -> None:
        """Ignore connections that the bot cut."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*request)


class _Handler(BaseHTTPRequestHandler):
    server: HttpServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Execute a method."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        token, _, method = self.path.removeprefix("/bot").partition("/")
        try:
            if token != self.server.token:
                raise Refused(401, "Unauthorized")
            sent = _read(self.headers.get("content-type", ""), body)
            self._reply(200, {"ok": True, "result": self.server.take(method, *sent)})
        except Refused as refusal:
            self._reply(refusal.code, refusal.body)
        except HungUp:
            self.close_connection = True

    def do_GET(self) -> None:
        """Let the bot download a file."""
        place = f"/file/bot{self.server.token}/files/"
        content = self.server.files.get(self.path.removeprefix(place))
        if content is None or not self.path.startswith(place):
            self._reply(404, Refused(404, "Not Found").body)
        else:
            self._send(200, content, "application/octet-stream")

    def _reply(self, code: int, answer: dict[str, Any]) -> None:
        self._send(code, json.dumps(answer).encode(), "application/json")

    def _send(self, code: int, body: bytes, kind: str) -> None:
        with suppress(ConnectionError):  # The bot may have been stopped.
            self.send_response(code)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing, to keep the test output clean."""


def _read(kind: str, body: bytes) -> tuple[Params, dict[str, tuple[str, bytes]]]:
    """Return the parameters and files of a request, from a form or multipart body."""
    if not kind.startswith("multipart/form-data"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    params: Params = {}
    files: dict[str, tuple[str, bytes]] = {}
    whole = message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + body)
    for part in whole.walk():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(content, bytes):
            continue
        if filename := part.get_filename():
            files[name] = (filename, content)
        else:
            params[name] = content.decode()
    return params, files
