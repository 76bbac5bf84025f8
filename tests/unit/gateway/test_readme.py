"""The room's README tells what the code has."""

from pathlib import Path

from prometheus_client import Counter, Gauge, Histogram
from pydantic_core import PydanticUndefined

from services.gateway import metrics
from services.gateway.settings import Settings
from services.shared.runtime.settings import RuntimeSettings
from tests.helpers.gateways import Gateway

README = (Path(__file__).resolve().parents[3] / "services" / "gateway" / "README.md").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_readme() -> None:
    """Each setting that only the gateway has is told with its meaning and default."""
    own = {name: field for name, field in Settings.model_fields.items() if name not in RuntimeSettings.model_fields}
    defaults = {name: "" if f.default in (None, PydanticUndefined) else str(f.default) for name, f in own.items()}
    lines = [f"| `STORYBRAID_{name.upper()}` | {f.description} | {defaults[name]} |" for name, f in own.items()]
    assert len(lines) > 10
    assert [line for line in lines if line not in README] == []


def test_every_metric_stands_in_the_readme_with_its_meaning() -> None:
    """Each metric of the room is told in the words it is declared with."""
    declared = [each for each in vars(metrics).values() if isinstance(each, Counter | Gauge | Histogram)]
    told = [(next(iter(each.describe())).name, each._documentation) for each in declared]
    assert len(told) >= 10
    assert [name for name, meaning in told if f"`{name}" not in README or f"| {meaning} |" not in README] == []


def test_every_route_stands_in_the_readme(gateway: Gateway) -> None:
    """No path of the OpenAPI document is missing from the table."""
    paths = gateway.app.openapi()["paths"]
    assert [path for path in paths if path not in README and path.rpartition("/{version}")[0] not in README] == []
