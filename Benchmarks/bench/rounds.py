"""Measuring in turn: ours, a peer, the next, ours again …, so that what else the machine does meets
all alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Contender:
    name: str
    # One round's figure, in the job's unit.
    measure: Callable[[], float]


@dataclass
class Job:
    """One row of the comparison, its figures in `unit`: times are to be small, rates large."""

    key: str
    title: str
    size: str
    unit: str
    ours: Contender
    peers: list[Contender]
    # Ours is to be so many times better than the peer of that name; `None` is for information.
    aim: float | None = None
    against: str | None = None
    is_rate: bool = False
    figures: dict[str, list[float]] = field(default_factory=dict)

    def run(self, rounds: int):
        print(f"{self.title} ({self.size})", flush=True)
        contenders = [self.ours, *self.peers]
        self.figures = {contender.name: [] for contender in contenders}
        for _ in range(rounds):
            for contender in contenders:
                self.figures[contender.name].append(contender.measure())
                # What one leaves to the kernel is not the next one's.
                time.sleep(0.05)
        for contender in contenders:
            print(
                f"  {contender.name:<34}{self.median(contender.name):>14.6g} {self.unit}",
                flush=True,
            )

    def median(self, name: str) -> float:
        return statistics.median(self.figures[name])

    def ratios(self, name: str) -> list[float]:
        """How many times better ours was than the peer, round by round."""
        pairs = zip(self.figures[self.ours.name], self.figures[name], strict=True)
        return [ours / peer if self.is_rate else peer / ours for ours, peer in pairs]

    def ratio(self, name: str) -> tuple[float, float, float]:
        """Median, least and most."""
        ratios = self.ratios(name)
        return statistics.median(ratios), min(ratios), max(ratios)

    def result(self) -> dict:
        return {
            "key": self.key,
            "title": self.title,
            "size": self.size,
            "unit": self.unit,
            "is_rate": self.is_rate,
            "ours": self.ours.name,
            "against": self.against,
            "aim": self.aim,
            "figures": self.figures,
            "ratios": {peer.name: self.ratio(peer.name) for peer in self.peers},
        }
