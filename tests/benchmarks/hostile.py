"""What the dearest articles cost, room by room: none may take a second in any.

python -m tests.benchmarks.hostile [KIND]
"""

import sys

from tests.fault.cost import UNITS_A_SECOND, cost, rooms, unit
from tests.fault.dear_articles import KINDS

LIMIT = 1.0


def main() -> int:
    """Measure every kind, print seconds by room; 1 where one is over the limit."""
    stages, stories = rooms()
    names = [*(stage.name for stage in stages), stories.name]
    one = unit()
    print(f"a unit of work: {one * 1000:.1f} ms, {one * UNITS_A_SECOND:.2f} s are a second of the reference machine")
    print(f"{'article':30}" + "".join(f"{name:>20}" for name in names) + "  put aside as")
    over = 0
    for kind in sys.argv[1:] or KINDS:
        found = cost(KINDS[kind]())
        shown = "".join(f"{found.seconds[name]:20.3f}" if name in found.seconds else f"{'-':>20}" for name in names)
        late = found.dearest > LIMIT
        over += late
        print(f"{kind:30}{shown}  {found.reason or ''}{'  OVER A SECOND' if late else ''}", flush=True)
    print(f"{over} of {len(sys.argv[1:] or KINDS)} kinds over {LIMIT:.0f} s")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
