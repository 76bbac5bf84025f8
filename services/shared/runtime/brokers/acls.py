"""Who may do what on the bus, as code: each room reads its input, writes its outputs, and nothing else.

    python -m services.shared.runtime.brokers.acls            print the rules
    python -m services.shared.runtime.brokers.acls apply      create them (STORYBRAID_* says where and as whom)

Principals are named like the consumer groups (User:storybraid-ingest, ...); besides them User:storybraid-publisher,
-subscriber, -gateway, -reset (`storybraid reset`), -operator (`storybraid lag` and `dlq`) and -scaler (sees the lag).
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contracts.topics import (
    ACCEPTED,
    CHANGES,
    DEAD_LETTERS,
    EXTRACTED,
    IDENTIFIED,
    INPUTS,
    RAW,
    SNAPSHOTS,
    STORIES,
    Topic,
)
from services.shared.runtime.security import for_confluent
from services.shared.runtime.settings import RuntimeSettings

Operation = Literal["READ", "WRITE", "DESCRIBE"]
Resource = Literal["TOPIC", "GROUP", "TRANSACTIONAL_ID"]
SECONDS = 20


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One permission. A name that ends in `*` stands for all that begin so."""

    principal: str
    operation: Operation
    resource: Resource
    name: str


def rules() -> list[Rule]:
    """Everything that is allowed; what is not here is refused."""
    found = [
        *_room("storybraid-ingest", RAW, [ACCEPTED]),
        *_room("storybraid-language-detection", ACCEPTED, [IDENTIFIED]),
        *_room("storybraid-extraction", IDENTIFIED, [EXTRACTED]),
        *_room("storybraid-deduplication", EXTRACTED, [STORIES, CHANGES, SNAPSHOTS]),
        Rule("storybraid-deduplication", "WRITE", "TRANSACTIONAL_ID", "storybraid-deduplication-*"),
        Rule("storybraid-deduplication", "DESCRIBE", "TRANSACTIONAL_ID", "storybraid-deduplication-*"),
        # Its state is rebuilt from its snapshots and from the log without what it put aside itself.
        Rule("storybraid-deduplication", "READ", "TOPIC", SNAPSHOTS.name),
        Rule("storybraid-deduplication", "READ", "TOPIC", f"{EXTRACTED.name}.dlq"),
        *_gateway("storybraid-gateway"),
        *_reset("storybraid-reset", "storybraid-deduplication"),
        *_operator("storybraid-operator"),
        *_sees_lag("storybraid-scaler"),
        *_writes("storybraid-publisher", RAW.name),
        *(Rule("storybraid-subscriber", "READ", "TOPIC", topic.name) for topic in (STORIES, CHANGES)),
        Rule("storybraid-subscriber", "READ", "GROUP", "storybraid-subscriber-*"),
    ]
    return sorted(found)


def _room(principal: str, reads: Topic, writes: Sequence[Topic]) -> list[Rule]:
    assert reads.dead_letter is not None
    outputs = [topic.name for topic in writes] + [reads.dead_letter]
    own = [Rule(principal, "READ", "TOPIC", reads.name), Rule(principal, "READ", "GROUP", principal)]
    return own + [rule for name in outputs for rule in _writes(principal, name)]


def _writes(principal: str, topic: str) -> list[Rule]:
    return [Rule(principal, "WRITE", "TOPIC", topic), Rule(principal, "DESCRIBE", "TOPIC", topic)]


def _reset(principal: str, running: str) -> list[Rule]:
    """Whoever lets another version take over: what the running room may do, but for its dead letters."""
    assert EXTRACTED.dead_letter is not None
    reads = (EXTRACTED.name, EXTRACTED.dead_letter, STORIES.name, SNAPSHOTS.name)
    writes = [rule for topic in (STORIES, CHANGES, SNAPSHOTS) for rule in _writes(principal, topic.name)]
    groups = [Rule(principal, "READ", "GROUP", name) for name in (running, f"{running}-next")]
    ids: list[Operation] = ["WRITE", "DESCRIBE"]
    transactions = [Rule(principal, each, "TRANSACTIONAL_ID", f"{running}-*") for each in ids]
    return [*(Rule(principal, "READ", "TOPIC", name) for name in reads), *writes, *groups, *transactions]


def _gateway(principal: str) -> list[Rule]:
    """Shows what there is, publishes what it is given; it keeps its places itself, so it has no group."""
    reads = [Rule(principal, "READ", "TOPIC", topic.name) for topic in (EXTRACTED, STORIES, CHANGES)]
    return [*reads, *_writes(principal, RAW.name)]


def _operator(principal: str) -> list[Rule]:
    """Whoever looks at dead letters and gives them another try, and sees since when messages wait."""
    letters = [Rule(principal, "READ", "TOPIC", topic.name) for topic in (*DEAD_LETTERS, *INPUTS)]
    again = [Rule(principal, "WRITE", "TOPIC", topic.name) for topic in INPUTS]
    return [*letters, *again, *_sees_lag(principal)]


def _sees_lag(principal: str) -> list[Rule]:
    topics = [Rule(principal, "DESCRIBE", "TOPIC", topic.name) for topic in INPUTS]
    return [*topics, Rule(principal, "DESCRIBE", "GROUP", "storybraid-*")]


def apply(settings: RuntimeSettings) -> int:
    """Create every rule on the cluster; returns how many there are. Rules that exist stay."""
    from confluent_kafka.admin import AdminClient

    client: Any = AdminClient({"bootstrap.servers": settings.brokers, "log_level": 2, **for_confluent(settings)})
    bindings = [_binding(rule) for rule in rules()]
    for answer in client.create_acls(bindings, request_timeout=SECONDS).values():
        answer.result(SECONDS)
    return len(bindings)


def _binding(rule: Rule) -> Any:
    from confluent_kafka import admin

    kafka: Any = admin
    pattern = "PREFIXED" if rule.name.endswith("*") else "LITERAL"
    return kafka.AclBinding(
        kafka.ResourceType[rule.resource],
        rule.name.removesuffix("*"),
        kafka.ResourcePatternType[pattern],
        f"User:{rule.principal}",
        "*",
        kafka.AclOperation[rule.operation],
        kafka.AclPermissionType.ALLOW,
    )


def main(arguments: Sequence[str]) -> int:
    """The command line."""
    if list(arguments) == ["apply"]:
        print(f"{apply(RuntimeSettings())} rules are in force")  # noqa: T201
        return 0
    for rule in rules():
        print(f"{rule.principal:32} {rule.operation:9} {rule.resource:17} {rule.name}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
