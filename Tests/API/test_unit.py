"""The systemd unit that docs/operating.md gives."""

import re
import subprocess

from harness import ROOT, jangbu

UNIT = ROOT / "Operations/jangbu.service"


def test_systemd_understands_it():
    checked = subprocess.run(
        ["systemd-analyze", "verify", UNIT], capture_output=True, text=True, timeout=60
    )
    said = [line for line in checked.stderr.splitlines() if "is not executable" not in line]
    assert said == []


def test_it_is_hardened():
    """2.0 and less is "OK"; the best of Debian's own are at about that."""
    checked = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", UNIT],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout[-2_000:]


def test_its_options_are_options():
    """Also those of the recipes."""
    help = jangbu("serve", "--help").stdout
    told = UNIT.read_text() + (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    for line in re.findall(r"jangbu serve [^\n`]*(?:\\\n[^\n]*)*", told):
        for option in re.findall(r"--[a-z-]+", line):
            assert f"{option} " in help, option
