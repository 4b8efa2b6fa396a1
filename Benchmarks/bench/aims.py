"""What the issue that asked for speed says: its table of peers, and what Jangbu aims at."""

# Milliseconds for the overview of one date, all funds: medians of one run on one two-core machine.
PEERS = {
    "SQLite running totals": {"S": 0.066, "M": 4.84, "L": 59.9},
    "PostgreSQL": {"S": 0.22, "M": 11.3, "L": 128},
    "DuckDB": {"S": 8.5, "M": 14.5, "L": 108},
    "polars": {"S": 3.1, "M": 10.7, "L": 104},
    "SQLite covering index": {"S": 0.15, "M": 129, "L": 1_839},
}
FLOOR = "floor in C"
SCALE = "SQLite running totals"
# Below this share of the table a peer was not set up well, and the comparison says nothing.
ENOUGH = 0.8

NUMBERS = {"S": 10, "M": 40, "L": 50}
JSON = {"S": 10, "M": 15, "L": 12}
HTTP = {"S": 6, "M": 15}
POSTING_ONE, POSTING_SIXTEEN = 0.8, 1
SLOWEST_POSTING_MS = 100
BACK_DATED_MS = 1
IMPORT = 1.5
START_SECONDS = {"M": 1, "L": 10}
MEMORY_MIB = 700
FILE = 2
# Half of an aim is the floor below which a job is not done.
HALF = 0.5


def weak_peers(size: str, milliseconds: dict[str, float]) -> list[str]:
    """A sentence for each peer that reaches less than it should on this machine.

    The table is scaled by this machine's own row of SQLite. Where that row is faster than in the
    table, being tuned further, the table stands as it is.
    """
    scale = max(milliseconds[SCALE] / PEERS[SCALE][size], 1)
    said = []
    for name, figure in milliseconds.items():
        if name in PEERS and figure * ENOUGH > PEERS[name][size] * scale:
            said.append(
                f"{name} at {size}: {figure:.3g} ms, where {PEERS[name][size] * scale:.3g} ms are"
                " to be expected on this machine; the comparison with it is void"
            )
    return said
