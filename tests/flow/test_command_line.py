"""`storybraid up` and the commands that talk to it, as a person uses them, on the embedded broker."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

STORYBRAID = [sys.executable, "-m", "services.client.main"]
GOOD = {"id": "a1", "headline": "Bridge over the Rhine opens", "body": "A new bridge opened in Basel on Tuesday."}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A running `storybraid up`; yields the environment of other terminals beside it."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "HOME": str(home)}
    environment.pop("STORYBRAID_BROKERS", None)
    with subprocess.Popen([*STORYBRAID, "up"], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        shown = []
        for line in process.stdout:
            shown.append(line)
            if "Ctrl-C" in line:
                break
        told = re.search(r"gateway  (http://127\.0\.0\.1:\d+)", "".join(shown))
        assert told
        try:
            yield environment | {"GATEWAY": told[1]}
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert process.returncode == 0


def _run(environment: dict[str, str], *arguments: str, text: str | None = None) -> str:
    done = subprocess.run(
        [*STORYBRAID, *arguments], env=environment, input=text, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _until(environment: dict[str, str], pattern: str, *arguments: str) -> str:
    for _ in range(40):
        shown = _run(environment, *arguments)
        if re.search(pattern, shown):
            return shown
        time.sleep(0.25)
    raise AssertionError(f"{pattern} never appeared; the last answer was {shown!r}")


@pytest.mark.embedded
def test_an_article_published_in_one_terminal_is_a_story_in_another(stack: dict[str, str], tmp_path: Path) -> None:
    """Publishing and subscribing need no address while `up` runs; piped, the answer is JSON lines."""
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(GOOD) + "\n")
    _run(stack, "publish", str(path))
    lines = _until(stack, "Rhine", "subscribe", "stories", "--no-follow").splitlines()
    story = json.loads(lines[-1])
    assert story["articles"][0]["source_id"] == "a1"
    change = json.loads(_run(stack, "subscribe", "changes", "--no-follow").splitlines()[0])
    assert change["kind"] == "created"


@pytest.mark.embedded
def test_what_cannot_be_used_is_listed_shown_and_published_again(stack: dict[str, str]) -> None:
    """A broken line ends in the dead letters with its reason and its bytes, and `dlq replay` gives it another try."""
    _run(stack, "publish", "-", text='{"broken": \n')
    listed = _until(stack, "invalid_json", "dlq", "list", "--jsonl")
    letter = json.loads(listed.splitlines()[0])
    shown = _run(stack, "dlq", "show", str(letter["partition"]), str(letter["offset"]))
    assert '{"broken":' in shown
    assert "1 messages published again" in _run(stack, "dlq", "replay", "--reason", "invalid_json")


@pytest.mark.embedded
def test_trouble_is_told_in_a_sentence(stack: dict[str, str]) -> None:
    """No stack trace for what a person can mend."""
    done = subprocess.run(
        [*STORYBRAID, "publish", "absent.jsonl"], env=stack, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "no such file: absent.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.embedded
def test_a_worker_that_dies_is_started_anew(stack: dict[str, str], tmp_path: Path) -> None:
    """`up` does what an orchestrator does: a killed worker comes back, and articles go on becoming stories."""
    found = subprocess.run(["pgrep", "-f", "services.language_detection"], capture_output=True, text=True, check=False)
    ours = [pid for pid in found.stdout.split() if f"HOME={stack['HOME']}" in _environment(pid)]
    assert len(ours) == 1
    os.kill(int(ours[0]), signal.SIGKILL)
    path = tmp_path / "later.jsonl"
    path.write_text(json.dumps({"id": "b2", "body": "The harbour of Antwerp closed on Friday after a fire."}) + "\n")
    _run(stack, "publish", str(path))
    assert "Antwerp" in _until(stack, "Antwerp", "subscribe", "stories", "--no-follow")


def _environment(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/environ").read_text()
    except OSError:
        return ""


@pytest.mark.embedded
def test_an_article_sent_over_http_is_a_card_and_a_change(stack: dict[str, str]) -> None:
    """`up` prints where the gateway is; what is posted there becomes a card, a change and a feed's entry."""
    web = stack["GATEWAY"]
    body = "The harbour of Velm was closed on Friday after a storm, the harbour master Ines Calder said."
    article = {
        "id": "http-1",
        "headline": "Storm closes the harbour of Velm",
        "body": body,
        "outlet": "The Velm Gazette",
    }
    answer = httpx.post(f"{web}/api/v1/articles", json=article)
    assert answer.status_code == 202
    assert answer.json()["accepted"][0]["key"] == "http-1"
    for _ in range(100):
        cards = httpx.get(f"{web}/api/v1/stories", params={"q": "harbour Velm"}).json()["stories"]
        if cards and cards[0]["last_change"]:
            break
        time.sleep(0.1)
    assert cards[0]["titles"] == {"en": article["headline"]}
    dispatches = httpx.get(f"{web}/api/v1/stories/{cards[0]['story_id']}/articles").json()["dispatches"]
    (own,) = (each for told in dispatches for each in told["articles"] if each["source_id"] == "http-1")
    read = httpx.get(f"{web}/api/v1/articles/{own['article_id']}").json()
    assert read["body"] == body
    assert article["headline"] in httpx.get(f"{web}/feeds/stories.atom").text
    with httpx.stream("GET", f"{web}/api/v1/changes?after=-1&story={cards[0]['story_id']}") as stream:
        data = next(line for line in stream.iter_lines() if line.startswith("data: "))
    assert json.loads(data.removeprefix("data: "))["kind"] == "created"
