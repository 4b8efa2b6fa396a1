"""/livez, /readyz, /metrics and the log, as programs read them."""

import json
import re
import sqlite3

import httpx
import pytest
from harness import Server, jangbu

TOKEN = "0123456789abcdef0123"


def ask(server, path, **headers):
    return httpx.get(server.url + path, headers=headers, trust_env=False, timeout=30)


def test_it_lives_and_is_ready(demo_server):
    assert ask(demo_server, "/livez").json() == {"alive": True}
    ready = ask(demo_server, "/readyz", Host="10.1.2.3:8080")
    assert ready.status_code == 200 and ready.json()["ready"] is True
    checks = {check["name"]: check for check in ready.json()["checks"]}
    assert set(checks) == {"file", "disk", "writable", "durable", "migrated"}
    assert all(check["ok"] and check["needed"] and check["found"] for check in checks.values())
    for path in ["/livez", "/readyz", "/metrics"]:
        assert httpx.head(demo_server.url + path, trust_env=False).status_code == 200
        refused = httpx.post(demo_server.url + path, trust_env=False)
        assert refused.status_code == 405 and refused.headers["allow"] == "GET, HEAD"


def test_it_is_not_ready_while_nothing_can_be_written(demo_server_of_its_own):
    server = demo_server_of_its_own
    lock = sqlite3.connect(server.books, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    assert "writable" in not_good(ask(server, "/readyz"))
    assert ask(server, "/livez").status_code == 200
    lock.execute("ROLLBACK")
    lock.close()
    assert eventually_ready(server)


def test_it_is_not_ready_when_its_file_is_gone(demo_server_of_its_own, client):
    server = demo_server_of_its_own
    elsewhere = server.books.with_name("elsewhere.books")
    http = client(server)
    server.books.rename(elsewhere)
    assert "file" in not_good(ask(server, "/readyz"))
    refused = http.post("/api/parties", json={"name": "A"})
    assert refused.status_code == 503 and refused.json()["code"] == "books-moved"
    assert refused.json()["reference"] in server.said()
    assert http.get("/api/parties").status_code == 200
    elsewhere.rename(server.books)
    assert eventually_ready(server)
    assert http.post("/api/parties", json={"name": "A"}).status_code == 201


def not_good(answer):
    assert answer.status_code == 503 and answer.json()["ready"] is False
    return {check["name"] for check in answer.json()["checks"] if not check["ok"]}


def eventually_ready(server):
    """What was found is good for a second."""
    return any(ask(server, "/readyz").status_code == 200 for _ in range(1_000))


SAMPLE = re.compile(
    r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?\d+(?:\.\d+)?)'
)


def parsed(text):
    """The samples by family, refusing whatever Prometheus' format does not allow."""
    assert text.endswith("\n")
    families, current, seen = {}, None, set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name, about = line[7:].split(" ", 1)
            assert name not in families and about.endswith(".")
            current = name
            families[name] = {"type": None, "samples": []}
        elif line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            assert name == current and families[name]["type"] is None
            assert kind in {"counter", "gauge", "histogram"}
            assert (kind == "counter") == name.endswith("_total")
            families[name]["type"] = kind
        else:
            found = SAMPLE.fullmatch(line)
            assert found, line
            kind = families[current]["type"]
            endings = ["_bucket", "_sum", "_count"] if kind == "histogram" else [""]
            assert found[1] in {current + ending for ending in endings}, line
            assert (found[1], found[2]) not in seen
            seen.add((found[1], found[2]))
            labels = dict(re.findall(r'([a-z]+)="((?:[^"\\]|\\.)*)"', found[2] or ""))
            families[current]["samples"].append((found[1], labels, float(found[3])))
    return families


def test_metrics_count_what_was_answered(demo_server_of_its_own, client):
    server = demo_server_of_its_own
    http = client(server)
    for _ in range(3):
        assert http.get("/api/funds/1").status_code == 200
    http.get("/api/funds/99")
    http.get("/no/such/page")
    http.request("PROPFIND", "/api/funds/1")
    families = parsed(ask(server, "/metrics").text)
    counts = {
        (labels["method"], labels["route"], labels["status"]): value
        for _, labels, value in families["jangbu_http_requests_total"]["samples"]
    }
    assert counts["GET", "/api/funds/{fund}", "200"] == 3
    assert counts["GET", "/api/funds/{fund}", "404"] == 1
    assert counts["GET", "none", "404"] == 1
    assert counts["other", "/api/funds/{fund}", "405"] == 1
    assert not any("/99" in route for _, route, _ in counts)
    times = families["jangbu_http_request_duration_seconds"]["samples"]
    for labels in [each for name, each, _ in times if name.endswith("_count")]:
        of_route = [
            (each["le"], value)
            for name, each, value in times
            if name.endswith("_bucket") and {**each, "le": ""} == {**labels, "le": ""}
        ]
        assert of_route[-1][0] == "+Inf"
        values = [value for _, value in of_route]
        assert values == sorted(values)
        bounds = [float(bound) for bound, _ in of_route]
        assert bounds == sorted(bounds)
    assert families["jangbu_audit_trail_sequence"]["samples"][0][2] > 0
    assert families["jangbu_books_file_bytes"]["samples"][0][2] > 10_000
    assert families["jangbu_resident_memory_bytes"]["samples"][0][2] > 1_000_000
    assert families["jangbu_connections"]["samples"][0][2] >= 1


def test_the_log_tells_each_request_and_no_secret(demo_server_of_its_own, client):
    server = demo_server_of_its_own
    since = server.said_bytes()
    http = client(server)
    answer = http.get("/api/funds/1?known_at=2026-01-01", headers={"X-Request-Id": "from-outside"})
    http.get("/welcome/" + "a" * 64)
    http.get("/welcome/" + "b" * 64 + "/")
    ask(server, "//welcome/" + "e" * 64)
    http.get("/calendar/" + "c" * 64 + ".ics")
    with httpx.Client(trust_env=False) as other:
        other.get(server.url + "/livez", headers={"Authorization": "Bearer " + "d" * 64})
    lines = [line for line in server.log(since) if line["message"].startswith("GET ")]
    first = lines[0]
    assert first["request"] == answer.headers["x-request-id"] != "from-outside"
    assert first["path"] == "/api/funds/1" and first["route"] == "/api/funds/{fund}"
    assert first["status"] == answer.status_code and first["bytes"] == len(answer.content)
    assert first["person"] == "tester" and first["client"] == "127.0.0.1"
    assert first["ms"] >= 0 and first["level"] == "info"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", first["time"])
    assert lines[-1]["person"] is None
    text = json.dumps(server.log())
    for secret in "abcde":
        assert secret * 64 not in text
    assert server.form_token not in text
    assert all(key not in text for key in server.headers.values())


def test_a_token_file_is_checked_at_start(tmp_path):
    books = tmp_path / "test.books"
    jangbu("init", "--books", books)
    token = tmp_path / "token"
    for text in ["short", "", "a b c d e f g h i j k l", "x" * 600]:
        token.write_text(text)
        refused = jangbu("serve", "--books", books, "--metrics-token-file", token, check=False)
        assert refused.returncode == 1 and "16 to 512" in refused.stderr
    refused = jangbu("serve", "--books", books, "--metrics-token-file", tmp_path, check=False)
    assert refused.returncode == 1 and "cannot be read" in refused.stderr


@pytest.fixture
def behind_proxy(tmp_path):
    books = tmp_path / "test.books"
    jangbu("init", "--demo", "--books", books)
    # Somebody has to be able to sign in before the books go behind a proxy.
    Server(books).stop()
    token = tmp_path / "token"
    token.write_text(TOKEN + "\n")
    server = Server(
        books, "--behind-proxy", "https://books.example.kr", "--metrics-token-file", str(token)
    )
    yield server
    server.stop()


def test_behind_a_proxy_the_inside_wants_the_token(behind_proxy):
    server = behind_proxy
    assert ask(server, "/livez").status_code == 200
    assert ask(server, "/readyz").json() == {"ready": True}
    host = {"Host": "books.example.kr"}
    for headers in [{}, {"Authorization": "Bearer " + TOKEN[:-1]}, {"Authorization": TOKEN}]:
        assert ask(server, "/metrics", **host, **headers).status_code == 403
        assert "checks" not in ask(server, "/readyz", **host, **headers).json()
    right = host | {"Authorization": "Bearer " + TOKEN}
    assert "jangbu_connections" in ask(server, "/metrics", **right).text
    assert len(ask(server, "/readyz", **right).json()["checks"]) == 5


def test_behind_a_proxy_what_it_says_is_believed(behind_proxy):
    server = behind_proxy
    assert ask(server, "/sign-in").status_code == 421
    since = server.said_bytes()
    answer = ask(
        server,
        "/sign-in",
        Host="Books.Example.KR:443",
        **{"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Request-Id": "0123456789abcdef"},
    )
    assert answer.status_code == 200
    assert answer.headers["x-request-id"] == "0123456789abcdef"
    line = server.log(since)[-1]
    assert line["client"] == "198.51.100.7" and line["request"] == "0123456789abcdef"
    for id in ["short", "has blanks in it", "x" * 65, 'quo"tes-in-it']:
        answer = ask(server, "/sign-in", Host="books.example.kr", **{"X-Request-Id": id})
        assert answer.headers["x-request-id"] != id
    since = server.said_bytes()
    ask(server, "/sign-in", Host="books.example.kr", **{"X-Forwarded-For": "no address"})
    assert server.log(since)[-1]["client"] == "127.0.0.1"
