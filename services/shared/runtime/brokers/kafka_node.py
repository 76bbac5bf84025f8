"""One node of a local Kafka cluster: its settings from the template, its process, its log."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from services.shared.runtime.brokers.java import DEPLOY, cache_home, jars, java, kafka_version

CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw"
HEAP = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")


class BrokerError(RuntimeError):
    """A broker did not come up; the message ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a cluster is made of: three ports a node (clients, controller, brokers among themselves).

    `scram` is an account (name, password); `tls` a PEM file with the brokers' key and certificates.
    """

    ports: tuple[int, ...]
    brokers: int
    scram: tuple[str, str] | None = None
    tls: str | None = None

    @property
    def protocol(self) -> str:
        """How clients speak to the brokers."""
        return f"{'SASL_' if self.scram else ''}{'SSL' if self.tls else 'PLAINTEXT'}"


def load_layout(home: Path) -> Layout | None:
    """The layout a directory was formatted with."""
    file = home / "layout.json"
    if not file.exists():
        return None
    kept = json.loads(file.read_text())
    scram = tuple(kept["scram"]) if kept["scram"] else None
    return Layout(tuple(kept["ports"]), kept["brokers"], scram, kept["tls"])


def alive(pid: int | None) -> bool:
    """Whether a process exists and is not a zombie."""
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return True


class Node:
    """One broker and controller process."""

    def __init__(self, home: Path, layout: Layout, number: int) -> None:
        self._home, self._layout, self.number = home, layout, number
        self.port, self._controller_port, self._internal_port = layout.ports[3 * (number - 1) : 3 * number]
        self.log = home / f"node{number}.log"
        self._pid_file = home / f"node{number}.pid"
        self._settings = home / f"node{number}.properties"
        self._process: subprocess.Popen[bytes] | None = None

    def format(self) -> None:
        """Write the settings and, the first time, prepare the data directory."""
        (self._home / "layout.json").write_text(json.dumps(asdict(self._layout)))
        template = Template((DEPLOY / "server.properties.template").read_text())
        self._settings.write_text(template.substitute(self._values()) + self._security())
        if (self._home / f"data{self.number}" / "meta.properties").exists():
            return
        command = [
            "kafka.tools.StorageTool",
            "format",
            "-t",
            CLUSTER_ID,
            "-c",
            str(self._settings),
            "--ignore-formatted",
        ]
        done = subprocess.run(  # noqa: S603
            [*self._java(), *command, *self._accounts()], capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise BrokerError(f"node {self.number} could not be formatted:\n{(done.stdout + done.stderr)[-2000:]}")

    def start(self) -> None:
        """Start the process in a session of its own; its output goes to the log."""
        if alive(self.pid()):
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [*self._java(), "kafka.Kafka", str(self._settings)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd=self._home,
            )  # fmt: skip
        self._pid_file.write_text(str(self._process.pid))

    def wait(self, seconds: float) -> None:
        """Wait until the client port answers; raise with the log's end where the process dies first."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and alive(self.pid()):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.5).close()
                return
            except OSError:
                time.sleep(0.1)
        tail = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
        raise BrokerError(f"node {self.number} did not come up at port {self.port}; its log ends:\n{tail}")

    def pid(self) -> int | None:
        """The process id, where one was started."""
        return int(self._pid_file.read_text()) if self._pid_file.exists() else None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, where the process lives."""
        pid = self.pid()
        if pid is not None and alive(pid):
            os.kill(pid, number)

    def join(self, until: float) -> int | None:
        """Wait for the end until a moment of the monotonic clock, then kill; the exit code, where it can be known."""
        while alive(self.pid()) and time.monotonic() < until:
            self._reap()
            time.sleep(0.05)
        if alive(self.pid()):
            self.signal(signal.SIGKILL)
        code = self._process.wait() if self._process is not None else None
        self._pid_file.unlink(missing_ok=True)
        return code

    def kill(self) -> int | None:
        """End it as a power cut would, and wait for the corpse."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGKILL)
        return self.join(time.monotonic() + 5)

    def _reap(self) -> None:
        if self._process is not None:
            self._process.poll()

    def _java(self) -> list[str]:
        archive = cache_home() / kafka_version() / "classes.jsa"
        shared = [f"-XX:SharedArchiveFile={archive}", "-Xshare:auto"] if archive.exists() else []
        logging = f"-Dlog4j2.configurationFile={DEPLOY / 'log4j2.properties'}"
        return [java(), *HEAP, *shared, "-Djava.awt.headless=true", logging, "-cp", f"{jars()}/*"]

    def _values(self) -> dict[str, object]:
        controllers = self._layout.ports[1::3]
        replicas = self._layout.brokers
        return {
            "node": self.number,
            "voters": ",".join(f"{n}@127.0.0.1:{port}" for n, port in enumerate(controllers, 1)),
            "port": self.port,
            "controller_port": self._controller_port,
            "internal_listener": f",INTERNAL://127.0.0.1:{self._internal_port}",
            "internal_name": "INTERNAL",
            "client_protocol": self._layout.protocol,
            "data": self._home / f"data{self.number}",
            "replicas": replicas,
            "in_sync": 2 if replicas > 2 else 1,
        }

    def _security(self) -> str:
        lines = []
        if self._layout.scram:
            module = "org.apache.kafka.common.security.scram.ScramLoginModule"
            lines += [
                "sasl.enabled.mechanisms=SCRAM-SHA-512",
                f"listener.name.client.scram-sha-512.sasl.jaas.config={module} required;",
                # Whoever has an account may only do what a rule allows; the brokers among themselves have none.
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                f"super.users=User:ANONYMOUS;User:{self._layout.scram[0]}",
            ]
        if self._layout.tls:
            lines += [
                "listener.name.client.ssl.keystore.type=PEM",
                f"listener.name.client.ssl.keystore.location={self._layout.tls}",
            ]
        return "\n".join(["", *lines, ""])

    def _accounts(self) -> list[str]:
        if not self._layout.scram:
            return []
        name, password = self._layout.scram
        return ["--add-scram", f"SCRAM-SHA-512=[name={name},password={password}]"]


def wait_for_cluster(address: str, layout: Layout, seconds: float) -> None:
    """Wait until all brokers know each other; where they ask for proof, an open port must do."""
    if layout.protocol != "PLAINTEXT":
        return
    from confluent_kafka import KafkaException
    from confluent_kafka.admin import AdminClient

    client = AdminClient({"bootstrap.servers": address, "log_level": 2})
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        # librdkafka raises while the cluster elects its controller.
        with contextlib.suppress(KafkaException):
            if len(client.list_topics(timeout=2).brokers) == layout.brokers:
                return
        time.sleep(0.1)
    raise BrokerError(f"the cluster at {address} did not gather within {seconds:.0f} s")
