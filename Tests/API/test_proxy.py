"""A real nginx with TLS before the server, with the very recipe of docs/operating.md."""

import os
import re
import signal
import socket
import ssl
import subprocess
import time

import httpx
import pytest
from harness import NAME, PASSWORD, ROOT, Server, jangbu

HOST = "books.example.kr"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def recipe() -> str:
    text = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    return re.search(r"```nginx\n(.*?)```", text, re.S)[1]


class Nginx:
    """nginx on ports of its own, before one server, with a certificate of its own making."""

    def __init__(self, folder, plain: int, tls: int, port: str):
        self.log = folder / "nginx.log"
        certificate, key = folder / "site.pem", folder / "site.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
            + ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
            + ["-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        site = recipe()
        for old, new in [
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;"),
            ("/etc/ssl/certs/books.example.kr.pem", str(certificate)),
            ("/etc/ssl/private/books.example.kr.key", str(key)),
            ("http://127.0.0.1:8080", f"http://127.0.0.1:{port}"),
        ]:
            assert old in site, old
            site = site.replace(old, new)
        paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in paths)
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\n"
            f"error_log {self.log} warn;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temporary}{site}\n}}\n"
        )
        self._process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", folder, "-c", configuration, "-e", self.log],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        self.certificate = certificate
        deadline = time.monotonic() + 30
        while True:
            assert self._process.poll() is None, self.log.read_text()
            try:
                socket.create_connection(("127.0.0.1", tls), timeout=1).close()
                return
            except OSError:
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.05)

    def stop(self):
        os.kill(self._process.pid, signal.SIGTERM)
        self._process.wait(30)


@pytest.fixture
def proxied(tmp_path):
    """Books behind nginx: the server, and a client that reaches it as people do."""
    books = tmp_path / "test.books"
    jangbu("init", "--demo", "--books", books)
    # The first owner is made before the books go behind a proxy.
    Server(books).stop()
    plain, tls = free_port(), free_port()
    server = Server(books, "--behind-proxy", f"https://{HOST}:{tls}")
    nginx = Nginx(tmp_path, plain, tls, server.port)
    client = httpx.Client(
        base_url=f"https://127.0.0.1:{tls}",
        headers={"Host": f"{HOST}:{tls}", "Accept-Language": "en"},
        verify=ssl.create_default_context(cafile=nginx.certificate),
        trust_env=False,
        timeout=30,
    )
    # The certificate is for the name, not for the address.
    send = client.send

    def send_by_name(request, **options):
        request.extensions["sni_hostname"] = HOST
        return send(request, **options)

    client.send = send_by_name
    client.origin = f"https://{HOST}:{tls}"
    client.plain = plain
    yield server, client
    client.close()
    nginx.stop()
    server.stop()
    assert "[emerg]" not in nginx.log.read_text()


def sign_in(client, **headers):
    form = {"form": "signIn", "name": NAME, "password": PASSWORD}
    return client.post("/sign-in", data=form, headers={"Origin": client.origin} | headers)


def test_one_signs_in_and_pays_through_it(proxied):
    server, client = proxied
    page = client.get("/fund-overview")
    assert page.status_code == 303 and page.headers["location"].startswith("/sign-in?")
    assert "max-age" in page.headers["strict-transport-security"]
    answer = sign_in(client)
    assert answer.status_code == 303, answer.text
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-jangbu=") and "; Secure" in cookie and "HttpOnly" in cookie
    client.headers["Cookie"] = cookie.split(";")[0]
    page = client.get("/funds/1/partners")
    assert page.status_code == 200
    form_token = re.search(r'name="form_token" value="(\w+)"', client.get("/account").text)[1]

    partner = client.get("/api/funds/1/commitments").json()["commitments"][0]["id"]
    issued = {
        "form": "issueCapitalCall",
        "form_token": form_token,
        "request_key": "one",
        "notice_date": "2026-02-02",
        "due_date": "2026-02-03",
        "over_commitment_reason": "test",
        "share_by": "explicit",
        "items.0.commitment": partner,
        "items.0.amount": "1000",
    }
    came = client.post(
        "/funds/1/new-call", data=issued | {"fund": "1"}, headers={"Origin": client.origin}
    )
    assert came.status_code == 303, came.text
    call = re.match(r"/calls/(\d+)", came.headers["location"])[1]
    item = client.get(f"/api/calls/{call}").json()["items"][0]["id"]
    paid = {
        "form": "recordPayment",
        "form_token": form_token,
        "request_key": "two",
        "item": str(item),
        "amount": "1000",
        "paid_date": "2026-02-03",
    }
    for origin in ["https://evil.example", f"https://{HOST}", f"http://{HOST}", "null"]:
        refused = client.post(f"/calls/{call}", data=paid, headers={"Origin": origin})
        assert refused.status_code == 403, origin
    done = client.post(f"/calls/{call}", data=paid, headers={"Origin": client.origin})
    assert done.status_code == 303, done.text
    assert client.get(f"/api/calls/{call}").json()["items"][0]["status"] == "complete"


def test_a_program_pays_through_it_while_a_page_listens(proxied):
    server, client = proxied
    token = {"Authorization": server.headers["Authorization"]}
    client.headers["Cookie"] = sign_in(client).headers["set-cookie"].split(";")[0]
    with client.stream("GET", "/events") as notices:
        assert notices.status_code == 200
        lines = notices.iter_lines()
        assert next(line for line in lines if line.startswith("data: "))
        made = client.post("/api/parties", json={"name": "오늘조합"}, headers=token)
        assert made.status_code == 201
        # Not held back until something is full.
        assert next(line for line in lines if f'"sequence":{made.json()["audit"]},' in line)


def test_what_a_client_claims_of_itself_is_not_believed(proxied):
    server, client = proxied
    since = server.said_bytes()
    answer = client.get(
        "/sign-in",
        headers={
            "X-Forwarded-For": "203.0.113.9",
            "X-Forwarded-Proto": "http",
            "X-Request-Id": "0123456789-claimed",
            "Forwarded": "for=203.0.113.9",
        },
    )
    assert answer.status_code == 200
    # The line is written behind the answer.
    deadline = time.monotonic() + 30
    while not (lines := [line for line in server.log(since) if line.get("path") == "/sign-in"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    line = lines[-1]
    assert line["client"] == "127.0.0.1"
    assert line["request"] == answer.headers["x-request-id"] != "0123456789-claimed"
    answer = sign_in(client, **{"X-Forwarded-Proto": "http"})
    assert "; Secure" in answer.headers["set-cookie"]
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code in {404, 421}


def test_what_is_too_much_is_told_through_it(proxied):
    server, client = proxied
    token = {"Authorization": server.headers["Authorization"]}
    json = {"Content-Type": "application/json"}
    refused = client.post("/api/parties", content=b" " * 1_500_000, headers=token | json)
    assert refused.status_code == 413 and refused.json()["code"] == "body-too-large"
    plain = httpx.get(
        f"http://127.0.0.1:{client.plain}/funds/1", headers={"Host": HOST}, trust_env=False
    )
    assert plain.status_code == 308 and plain.headers["location"] == f"https://{HOST}/funds/1"


def test_the_recipe_serves_a_name_and_a_feed(proxied):
    """Links that are used elsewhere bear the address that people type."""
    server, client = proxied
    client.headers["Cookie"] = sign_in(client).headers["set-cookie"].split(";")[0]
    form_token = re.search(r'name="form_token" value="(\w+)"', client.get("/account").text)[1]
    form = {"form": "makeCalendarFeed", "form_token": form_token, "request_key": "k", "name": "A"}
    page = client.post("/calendar/feeds", data=form, headers={"Origin": client.origin})
    assert page.status_code == 200, page.text
    address = re.search(r'"(https?://[^"]+\.ics[^"]*)"', page.text)[1]
    assert address.startswith(client.origin + "/calendar/")
    feed = client.get(address[len(client.origin) :].replace("&amp;", "&"))
    assert feed.text.startswith("BEGIN:VCALENDAR")
