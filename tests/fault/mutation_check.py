"""Breaks one rule of delivery after the other and runs the short schedule: the faults must find every one.

python -m tests.fault.mutation_check [MUTATION ...]      about two minutes each; exits 1 where one was not noticed
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.fault.run import SCHEDULES, TINY_ROOMS, run
from tests.fault.schedule import load
from tests.fault.verify import Verdict
from tests.helpers.mutants import MUTATIONS

FIGURES = ("lost", "twice", "gaps", "repeats", "different_stories", "surprises")


def verdict_on(mutation: str) -> Verdict:
    """What the short schedule finds where this rule is broken, in every worker."""
    program = ("-m", "tests.helpers.mutants", mutation, "{room}")
    subject = replace(TINY_ROOMS, program=program, other_release=program)
    with tempfile.TemporaryDirectory(prefix="storybraid-mutant-") as home:
        return run(load(SCHEDULES / "short.json"), Path(home), lambda _: None, subject)


def main() -> int:
    """Every mutation, or those named."""
    missed = []
    print(f"{'rule broken':20}" + "".join(f"{name.replace('_', ' '):>19}" for name in FIGURES))
    for mutation in sys.argv[1:] or MUTATIONS:
        try:
            found = verdict_on(mutation)
        except AssertionError as stuck:
            print(f"{mutation:20}  {stuck}", flush=True)
            continue
        print(f"{mutation:20}" + "".join(f"{getattr(found, name):19}" for name in FIGURES), flush=True)
        missed += [mutation] if not found.breaches else []
    print(f"not noticed: {', '.join(missed) or 'none'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
