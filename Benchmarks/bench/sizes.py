"""How large the books of a comparison are."""

from dataclasses import dataclass

SEED = 20260214


@dataclass(frozen=True)
class Size:
    """Books of so many funds alike in kind; `name` also names the folder that keeps them."""

    name: str
    funds: int
    # Of each fund: who committed capital, and how often they were called.
    partners: int
    calls: int
    # Dates on which every answer is compared before anything is timed.
    compared_dates: int = 200
    # Overviews that one round times; what takes long is asked less often, see `Job.count`.
    asked: int = 1_000


# As the issue that asked for this has them: 314, 1.3 million and 12.7 million entries.
SMALL = Size("S", funds=8, partners=9, calls=3, asked=40_000)
MEDIUM = Size("M", funds=1_000, partners=50, calls=20, asked=400)
LARGE = Size("L", funds=10_000, partners=50, calls=20, compared_dates=40, asked=60)
# To try the comparison itself: neither its table nor its aims speak of it.
TINY = Size("XS", funds=40, partners=8, calls=5, compared_dates=60, asked=100)

SIZES = {size.name: size for size in (TINY, SMALL, MEDIUM, LARGE)}

# Of the cost curve: few and many entries for a fund. The last point of the second is not for
# every day: ten million entries.
CURVE = [
    Size(f"curve-{funds}x{partners * calls}", funds, partners, calls, compared_dates=8, asked=200)
    for partners, calls in ((8, 10), (50, 16))
    for funds in (10, 100, 1_000, 10_000)
]
