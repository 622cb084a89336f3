"""A gate in front of the database: it can be closed, cut what is open, or let answers through slowly."""

import socket
import threading
import time
from contextlib import suppress


class Gate:
    """Listens on loopback and passes everything on to the real server."""

    def __init__(self, host: str, port: str):
        self.target = f"{host}/.s.PGSQL.{port or 5432}" if host.startswith("/") else (host, int(port or 5432))
        self.delay, self.open_pairs = 0.0, []
        self.listener = None
        self.port = 0
        self.open()

    def open(self):
        """Take connections (again, on the same port)."""
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def close(self):
        """Refuse new connections and cut those that stand, as a server that dies does."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()

    def cut(self):
        for one in self.open_pairs:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.open_pairs = []

    def _accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX if isinstance(self.target, str) else socket.AF_INET)
            server.connect(self.target)
            self.open_pairs += [client, server]
            threading.Thread(target=self._pass, args=[client, server, False], daemon=True).start()
            threading.Thread(target=self._pass, args=[server, client, True], daemon=True).start()

    def _pass(self, source, target, is_answer):
        with suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self.delay:
                    time.sleep(self.delay)
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
