"""Token buckets: how much one client may ask for, lastingly and at once. Time is an argument."""

from collections import OrderedDict
from dataclasses import dataclass, field

MOST_CLIENTS = 10_000


@dataclass(slots=True)
class Bucket:
    """Tokens that grow back."""

    tokens: float
    at: float


@dataclass
class Buckets:
    """One bucket for each client; the longest unseen are forgotten, so that memory stays bounded."""

    per_second: float
    burst: int
    _buckets: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def take(self, client: str, now: float) -> float:
        """Take a token; 0 where there was one, else the seconds until there is."""
        bucket = self._buckets.setdefault(client, Bucket(self.burst, now))
        self._buckets.move_to_end(client)
        if len(self._buckets) > MOST_CLIENTS:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self.burst, bucket.tokens + max(0.0, now - bucket.at) * self.per_second)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0.0
        return (1 - bucket.tokens) / self.per_second

    def __len__(self) -> int:
        return len(self._buckets)
