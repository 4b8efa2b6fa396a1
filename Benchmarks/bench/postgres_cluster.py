"""A PostgreSQL of one's own in a temporary folder, reached over its Unix socket alone."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from data import Data
from program import SERVER_CORE, pinned, run
from sqlite_tables import FIGURES, RUNNING, STEPS

# Debian's 15; where there are several, the newest.
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parts[-2]))

# As the manual's chapters on resource consumption, the write-ahead log and planning say for a
# machine that does nothing else. A commit waits for the disk: synchronous_commit and fsync are on.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "effective_io_concurrency": 200,
    "random_page_cost": 1.1,
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "16GB",
    "min_wal_size": "2GB",
    "wal_buffers": "64MB",
    "checkpoint_timeout": "1h",
    "checkpoint_completion_target": 0.9,
    "wal_compression": "lz4",
    "max_connections": 64,
    # Statements here take milliseconds: to compile them takes longer.
    "jit": "off",
    # Its tables are vacuumed before anything is timed; nothing dies in them.
    "autovacuum": "off",
}


def memory_mib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20


class Cluster:
    """Runs from construction to `close`. `is_pinned`: on the servers' core alone."""

    def __init__(self, is_pinned: bool = False):
        if not BINARIES:
            raise SystemExit("There is no PostgreSQL: Scripts/setup.sh bench installs it.")
        self.folder = Path(tempfile.mkdtemp(prefix="jangbu-bench-postgres-"))
        self._core = SERVER_CORE if is_pinned else None
        # It refuses to run as root.
        self._user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._user:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        try:
            self._make()
            self._control("start")
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _make(self):
        run(
            *self._user,
            BINARIES[-1] / "initdb",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
            "--username=bench",
            "--auth=trust",
            "-D",
            self.folder / "data",
            cwd="/",
        )
        settings = SETTINGS | {
            "unix_socket_directories": str(self.folder),
            "shared_buffers": f"{memory_mib() // 4}MB",
            "effective_cache_size": f"{memory_mib() // 4 * 3}MB",
        }
        with (self.folder / "data/postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())

    @property
    def connection(self) -> str:
        return f"host={self.folder} user=bench dbname=postgres"

    def sql(self, text: str) -> str:
        return run(
            BINARIES[-1] / "psql",
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            text,
            self.connection,
        )

    def copy(self, table: str, file: Path, options: str = "FORMAT csv, HEADER"):
        """Rows of a file that the server's user need not be able to read."""
        with file.open("rb") as lines:
            run_with(
                lines,
                BINARIES[-1] / "psql",
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-c",
                f"COPY {table} FROM STDIN WITH ({options})",
                self.connection,
            )

    def version(self) -> str:
        return self.sql("SHOW server_version").strip()

    def close(self):
        self._control("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _control(self, what: str):
        log = self.folder / "log"
        run(
            *pinned(self._core),
            *self._user,
            BINARIES[-1] / "pg_ctl",
            "--wait",
            "--silent",
            "--timeout=300",
            "-D",
            self.folder / "data",
            "-l",
            log,
            "-m",
            "fast",
            what,
            cwd="/",
        )


def run_with(lines, *command):
    done = subprocess.run(
        [str(word) for word in command], stdin=lines, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise SystemExit(done.stderr)


TABLES = f"""
CREATE TABLE fund (fund INT PRIMARY KEY, name TEXT, type TEXT, manager TEXT, formation TEXT,
  period_end TEXT, maturity TEXT, gp_commitment BIGINT, hurdle TEXT);
CREATE TABLE commitment (fund INT, day INT, amount BIGINT);
CREATE TABLE entry (entry BIGINT, item BIGINT, fund INT, class SMALLINT, party INT, day INT,
  kind SMALLINT, amount BIGINT, units BIGINT);
CREATE TABLE step (fund INT, day INT, {FIGURES});
CREATE TABLE running (fund INT, day INT, {FIGURES});
"""


def load_running_totals(cluster: Cluster, data: Data):
    """By the statements that made SQLite's, in an index that holds all that is read."""
    cluster.sql(TABLES)
    for table, file in (("fund", "funds"), ("commitment", "commitments"), ("entry", "entries")):
        cluster.copy(table, data.rows / f"{file}.csv")
    cluster.sql(STEPS)
    cluster.sql("ANALYZE step")
    cluster.sql(f"{RUNNING} ORDER BY fund, day")
    cluster.sql(
        "ALTER TABLE running ADD PRIMARY KEY (fund, day)"
        " INCLUDE (commitment, paid, gp, invested, companies)"
    )
    for table in ("running", "fund"):
        cluster.sql(f"VACUUM (ANALYZE, FREEZE) {table}")
    cluster.sql("CHECKPOINT")
