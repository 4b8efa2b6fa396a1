"""`python Benchmarks/bench S M`: Jangbu and its peers on the same data, in one run.

Writes Benchmarks/results.json and the README's table. See Benchmarks/README.md.
"""

import argparse

from data import prepare
from sizes import SIZES


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    import overview
    import posting
    import overview_http
    for size in asked.sizes:
        data = prepare(SIZES[size])
        print(posting.jobs(data, asked.rounds))
        overview_http.jobs(data, asked.rounds)
        jobs, also = overview.jobs(data, asked.rounds)
        print(also)


if __name__ == "__main__":
    main()
