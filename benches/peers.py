#!/usr/bin/env python3
"""Times pyramide beside other programs for tables, on one generated file, and prints ratios.

    python3 benches/peers.py [--accounts 1000000] [--runs 5] [--pyramide target/release/pyramide] [--file mine.csv]

Peers are whatever of csvlens, tabiew (tw), VisiData (vd), xan and DuckDB is found on the PATH; without any, only our own
times are printed. Needs nothing but Python 3.9 on Linux or macOS, and `cargo build --release` done before.

Two tables come out. The first is of whole runs: `pyramide summary` beside a histogram of followers by each peer that can
make one without a screen. The second is of explorers: each is started on a pseudo-terminal of 200 by 50 cells and the
clock runs until the first account of the file is on the screen, then from a key to the last byte it causes. Programs take turns, so
that a busy machine is busy for all of them; the median of the runs is printed, and beside it how many times the median
of pyramide it is. Times of two runs of this script are not to be compared, ratios are.

The file is made anew for each run of the script and removed after it, unless --file names one: seeded, followers with a
heavy tail, engagement that falls with followers, names in several scripts with commas, quotes and line breaks in some.
"""
import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

FIRST = "firstofall"
ROWS, COLUMNS = 50, 200
TIERS = "case when followers is null then 0 when followers < 1000 then 1 when followers < 5000 then 2 when followers < 50000 then 3 when followers <= 100000 then 4 else 5 end"


def generate(path, accounts):
    """A roster of so many accounts, the first of which is easily told."""
    dice = random.Random(7)
    stems = ["Sanne", "Zoë", "Nguyễn", "陈静", "Łucja", "Daan", "René", "Åsa", "Milan", "Noor"]
    words = ["bakt", "reist", "studio", "vintage", "& Co", "thuis"]
    cities = ["Utrecht", "Gent", "Liège", "Łódź", "İstanbul", ""]
    categories = ["Food", "Fashion", "Beauty", "Gaming", "Sport", ""]
    platforms = ["Instagram", "TikTok", "YouTube"]
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("name,handle,platform,category,city,followers,engagement_rate,price_eur\n")
        for at in range(accounts):
            followers = int(min(600 * dice.paretovariate(0.75), 2e8))
            rate = 90 * followers**-0.3 * dice.lognormvariate(0, 0.5)
            name = f"{dice.choice(stems)} {dice.choice(words)}"
            kind = dice.randrange(200)
            if kind == 0:
                name = f'"{name}, ""the 1st"""'
            elif kind == 1:
                name = f'"{name}\nand co"'
            handle = FIRST if at == 0 else f"@{dice.choice(words).strip('& ').lower()}.{at}"
            price = "" if dice.random() < 0.3 else int(0.9 * followers**0.6)
            shown = "" if dice.random() < 0.01 else followers
            out.write(
                f"{name},{handle},{dice.choice(platforms)},{dice.choice(categories)},"
                f"{dice.choice(cities)},{shown},{rate:.2f},{price}\n"
            )


def whole_runs(ours, path):
    """Commands without a screen, by name."""
    commands = {"pyramide summary": [ours, "summary", "--fresh", "--format", "json", path]}
    if shutil.which("xan"):
        commands["xan stats"] = ["xan", "stats", path]
    if shutil.which("duckdb"):
        query = f"select {TIERS} as tier, count(*), sum(followers) from read_csv('{path}') group by 1 order by 1"
        commands["duckdb histogram"] = ["duckdb", "-c", query]
    return commands


def explorers(ours, path):
    """Programs on a screen, by name: how they are started, a key that goes one row down, and how they are left."""
    programs = {"pyramide": ([ours, "--fresh", "--no-mouse", path], b"j", b"q")}
    if shutil.which("csvlens"):
        programs["csvlens"] = (["csvlens", path], b"j", b"q")
    if shutil.which("tw"):
        programs["tabiew"] = (["tw", path], b"j", b"Q")
    vd = shutil.which("vd") or shutil.which("visidata")
    if vd:
        programs["visidata"] = ([vd, path], b"j", b"gq")
    return programs


def timed(command):
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.monotonic() - begun if done.returncode == 0 else None


class Screen:
    """A program on a pseudo-terminal."""

    def __init__(self, command):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.begun = time.monotonic()
        environment = dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8")
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)

    def read(self, wait):
        """What arrives within so many seconds; nothing once the program is gone."""
        if not select.select([self.master], [], [], wait)[0]:
            return b""
        try:
            found = os.read(self.master, 1 << 16)
        except OSError:
            return b""
        # Terminals answer when they are asked what they are and where the cursor stands.
        if b"\x1b[6n" in found:
            os.write(self.master, b"\x1b[1;1R")
        if b"\x1b[c" in found or b"\x1b[0c" in found:
            os.write(self.master, b"\x1b[?62c")
        return found

    def shows(self, text, limit=60):
        """Seconds from the start until the text has been written."""
        seen, end = b"", time.monotonic() + limit
        while time.monotonic() < end and self.process.poll() is None:
            seen = seen[-4096:] + self.read(0.25)
            if text in seen:
                return time.monotonic() - self.begun
        return None

    def settle(self, quiet):
        while self.read(quiet):
            pass

    def press(self, key):
        """Seconds from a key to the last byte of what it causes."""
        begun = last = time.monotonic()
        os.write(self.master, key)
        if not self.read(2):
            return None
        last = time.monotonic()
        while self.read(0.008):
            last = time.monotonic()
        return last - begun

    def leave(self, keys):
        try:
            os.write(self.master, keys)
            self.process.wait(1)
        except (OSError, subprocess.TimeoutExpired):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)


def explored(command, key, leave):
    """Start to first row, and the median of fifty keys, in seconds."""
    screen = Screen(command)
    start = screen.shows(FIRST.encode())
    screen.settle(0.5)
    presses = [screen.press(key) for _ in range(50)] if start is not None else []
    presses = [press for press in presses if press is not None]
    screen.leave(leave)
    return start, statistics.median(presses) if presses else None


def report(title, times, ours):
    print(f"\n{title}")
    own = [time for time in times[ours] if time is not None]
    base = statistics.median(own) if own else None
    for name, runs in times.items():
        runs = [run for run in runs if run is not None]
        if not runs:
            print(f"  {name:<20} failed")
            continue
        median = statistics.median(runs)
        ratio = f"{median / base:6.2f}×" if base else ""
        print(f"  {name:<20} {median * 1000:10.1f} ms  {ratio}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pyramide", default="target/release/pyramide")
    parser.add_argument("--file", help="a roster that is there already; its first handle must be " + FIRST)
    asked = parser.parse_args()
    if not shutil.which(asked.pyramide):
        sys.exit(f"{asked.pyramide} is no program; build it, or name it with --pyramide")
    with tempfile.TemporaryDirectory() as folder:
        path = asked.file or os.path.join(folder, "roster.csv")
        if not asked.file:
            generate(path, asked.accounts)
        print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB, medians of {asked.runs} runs in turn")
        commands = whole_runs(asked.pyramide, path)
        programs = explorers(asked.pyramide, path)
        if len(commands) + len(programs) == 2:
            print("no peer is installed: these are our own times alone")
        whole = {name: [] for name in commands}
        start = {name: [] for name in programs}
        key = {name: [] for name in programs}
        for _ in range(asked.runs):
            for name, command in commands.items():
                whole[name].append(timed(command))
            for name, (command, down, leave) in programs.items():
                first, press = explored(command, down, leave)
                start[name].append(first)
                key[name].append(press)
        report("whole file, no screen", whole, "pyramide summary")
        report("start to the first account on screen", start, "pyramide")
        report("key to painted screen, one row down", key, "pyramide")


if __name__ == "__main__":
    main()
