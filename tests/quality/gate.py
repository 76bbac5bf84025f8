"""Every quality figure beside its floor: `make quality`. Exit 1 where one is below.

A floor stands in floors/<name>.json, its figure is measured by <name>_scores.py. Floors are only ever raised.
"""

import importlib
import json
import sys
from pathlib import Path

FLOORS = Path(__file__).parent / "floors"


def shortfalls(name: str, scores: dict[str, float]) -> list[str]:
    """The figures of one room that are below their floor, or missing."""
    floors: dict[str, float] = json.loads((FLOORS / f"{name}.json").read_text(encoding="utf-8"))
    return [
        f"{name}: {figure} is {scores.get(figure)}, the floor is {floor}"
        for figure, floor in floors.items()
        if figure not in scores or scores[figure] < floor
    ]


def show(name: str, scores: dict[str, float]) -> None:
    """A table of every figure, floors beside those that have one."""
    floors: dict[str, float] = json.loads((FLOORS / f"{name}.json").read_text(encoding="utf-8"))
    print(f"\n{name}")
    for figure, value in sorted(scores.items()):
        floor = f"floor {floors[figure]:.3f}" if figure in floors else ""
        print(f"  {figure:60} {value:8.3f}  {floor}")


def main() -> None:
    """Measure, print and judge every room that has floors."""
    wanted = sys.argv[1:] or sorted(path.stem for path in FLOORS.glob("*.json"))
    problems: list[str] = []
    for name in wanted:
        scores: dict[str, float] = importlib.import_module(f"tests.quality.{name}_scores").scores()
        show(name, scores)
        problems += shortfalls(name, scores)
    print("\n" + ("\n".join(problems) if problems else "every figure is at or above its floor"))
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
