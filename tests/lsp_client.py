"""A client of a language server: JSON-RPC over the standard streams of its process, by hand, so that no library checks itself."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PATIENCE = 60.0
"""Seconds after which an answer counts as not given."""


class Client:
    """A running server. `notes` are the notifications it has sent so far, by method, in order; `capabilities` are what it says it can."""

    capabilities: dict[str, Any]

    def __init__(self, command: Sequence[str], cwd: Path, environment: dict[str, str] | None = None) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=cwd, env=environment)
        self.notes: dict[str, list[Any]] = {}
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._number = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while line := stream.readline():
            size = 0
            while line.strip():
                name, _, value = line.decode().partition(":")
                size = int(value) if name.lower() == "content-length" else size
                line = stream.readline()
            self._inbox.put(json.loads(stream.read(size)))

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any = None) -> None:
        self._send({"method": method, "params": {} if params is None else params})

    def ask(self, method: str, params: Any = None) -> Any:
        """The result of a request; a dictionary with `error` alone where the server refuses it."""
        self._number += 1
        self._send({"id": self._number, "method": method, **({} if params is None else {"params": params})})
        while True:
            message = self._next()
            if message.get("id") == self._number and "method" not in message:
                return {"error": message["error"]} if "error" in message else message["result"]

    def wait_for(self, method: str, is_wanted: Any) -> Any:
        """The next notification that is wanted, or the latest former one."""
        for params in reversed(self.notes.get(method, [])):
            if is_wanted(params):
                return params
        while True:
            message = self._next()
            if message.get("method") == method and is_wanted(message["params"]):
                return message["params"]

    def _next(self) -> dict[str, Any]:
        """The next message; what the server asks of its client is answered with nothing."""
        message = self._inbox.get(timeout=PATIENCE)
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self.answer(message["method"], message["params"])})
        elif "method" in message:
            self.notes.setdefault(message["method"], []).append(message["params"])
        return message

    def answer(self, method: str, params: Any) -> Any:
        """What the client answers to a request of the server."""
        return None
