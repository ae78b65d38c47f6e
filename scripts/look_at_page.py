"""Opens a report in a headless browser and measures what a person would see of it.

    python scripts/look_at_page.py                      # a page of made-up flights
    python scripts/look_at_page.py results/demo/report.html --shots shots

Held at 390, 768, 1280 and 1300 px, light and dark: the page does not scroll sideways, no table is cut, every letter is
9 px high or more (those in pictures as they were drawn), the console is silent, and nothing but the file is asked for.
Without a browser it says so and ends well: the page is made without one.

The browser is spoken to over two pipes (Chrome DevTools Protocol, --remote-debugging-pipe): no package is needed.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
WIDTHS = (390, 768, 1280, 1300)
MOST_BYTES = 10_000_000
PATIENCE = 120.0
"""Seconds for one answer of the browser."""

LETTERS = 8.0 * 110.0 / 72.0
"""The height of a figure's smallest letters, in its pixels."""

MEASURE = """
(() => {
  const wide = [...document.querySelectorAll('.wide')].filter(e => e.scrollWidth > e.clientWidth + 1);
  const letters = [...document.querySelectorAll('body *')]
    .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
    .map(e => [parseFloat(getComputedStyle(e).fontSize), e.tagName]);
  const pictures = [...document.querySelectorAll('img')].filter(e => e.offsetParent)
    .map(e => [e.clientWidth / e.naturalWidth, e.naturalWidth, e.clientWidth]);
  const cut = [...document.querySelectorAll('td, th')].filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1);
  return JSON.stringify({
    page: document.documentElement.scrollWidth, view: document.documentElement.clientWidth,
    wide: wide.map(e => e.querySelector('caption').textContent), cut: cut.map(e => e.textContent),
    letters: letters.sort((a, b) => a[0] - b[0])[0], pictures,
    ink: getComputedStyle(document.body).color, paper: getComputedStyle(document.body).backgroundColor,
  });
})()
"""


class Browser:
    """A headless browser that listens on a pipe."""

    def __init__(self, command: str, folder: Path) -> None:
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        words = [
            command,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-pipe",
            "--no-first-run",
        ]
        words += [f"--user-data-dir={folder}", "--disable-background-networking", "about:blank"]
        # The browser reads on descriptor 3 and writes on 4.
        script = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "browser", str(to_browser), str(from_browser), *words],
            pass_fds=(to_browser, from_browser), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        self._rest, self._number, self.heard = b"", 0, []  # type: ignore[var-annotated]
        self._session: str | None = None

    def close(self) -> None:
        """Ends the browser."""
        self._process.terminate()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one call; what happens meanwhile is kept in `heard`."""
        self._number += 1
        call = {"id": self._number, "method": method, "params": params}
        if self._session:
            call["sessionId"] = self._session
        os.write(self._write, json.dumps(call).encode() + b"\0")
        while True:
            said = self._message()
            if said.get("id") == self._number:
                if "error" in said:
                    raise RuntimeError(f"{method}: {said['error']['message']}")
                return said["result"]
            self.heard.append(said)

    def open_tab(self) -> None:
        """A tab, to which all that follows is said."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{part}.enable")

    def wait_for(self, method: str) -> None:
        """Reads until an event of this name."""
        while not any(said.get("method") == method for said in self.heard):
            self.heard.append(self._message())

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._read], [], [], PATIENCE)[0]:
                raise RuntimeError(f"the browser was silent for {PATIENCE:g} s")
            more = os.read(self._read, 1 << 20)
            if not more:
                raise RuntimeError("the browser ended")
            self._rest += more
        one, _, self._rest = self._rest.partition(b"\0")
        return json.loads(one)


@contextmanager
def opened(command: str) -> Iterator[Browser]:
    """A browser with a tab, in a folder of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(command, Path(folder))
        try:
            browser.open_tab()
            yield browser
        finally:
            browser.close()


def find_browser() -> str | None:
    """The first browser of this machine that listens on a pipe."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def why_not(command: str) -> str:
    """Why a browser cannot be used, in words: some are a name only. Empty for one that opens a tab."""
    try:
        with opened(command):
            return ""
    except (OSError, RuntimeError) as error:
        return str(error)


def look(browser: Browser, page: Path, width: int, dark: bool) -> tuple[dict[str, Any], list[str], bytes]:
    """What is measured of the page, what is wrong with it, and a picture of it."""
    browser.heard.clear()
    browser.ask(
        "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.ask("Emulation.setEmulatedMedia", features=[scheme])
    browser.ask("Page.navigate", url=page.resolve().as_uri())
    browser.wait_for("Page.loadEventFired")
    found = json.loads(browser.ask("Runtime.evaluate", expression=MEASURE)["result"]["value"])
    picture = browser.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
    return found, list(wrong(browser.heard, found, dark)), base64.b64decode(picture)


def wrong(heard: list[dict[str, Any]], found: dict[str, Any], dark: bool) -> Iterator[str]:
    """What a person would complain about."""
    if found["page"] > found["view"]:
        yield f"the page is {found['page']} px wide on {found['view']}"
    if found["wide"] and found["view"] >= 1200:
        yield f"tables are cut: {', '.join(found['wide'])}"
    if found["cut"]:
        yield f"{len(found['cut'])} cells are cut, the first {found['cut'][0]!r}"
    if found["letters"] and found["letters"][0] < 9.0:
        yield f"letters of {found['letters'][0]} px in {found['letters'][1]}"
    small = [LETTERS * shrunk for shrunk, _, _ in found["pictures"] if LETTERS * shrunk < 9.0]
    if small:
        yield f"letters of {min(small):.1f} px in {len(small)} pictures"
    bright = [number > 128 for number in map(float, found["paper"].strip("rgba()").split(",")[:3])]
    if dark == all(bright):
        yield f"the paper is {found['paper']} where {'dark' if dark else 'light'} is asked for"
    for said in heard:
        method, params = said.get("method"), said.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            yield f"the console says {json.dumps(params)[:200]}"
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(
            ("file:", "data:")
        ):
            yield f"the page asks for {params['request']['url']}"


def made_up(folder: Path) -> Path:
    """A page of made-up flights with every table and figure."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.reporting.made_up_page import write_page

    return write_page(folder)


def main(words: list[str] | None = None) -> int:
    """1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument("--shots", type=Path, help="keep a picture of each look here")
    given = parser.parse_args(words)
    command = find_browser()
    if command is None:
        print(f"No browser ({', '.join(BROWSERS[:3])}) on this machine: the page was not looked at.")
        return 0
    why = why_not(command)
    if why:
        print(f"{command} does not work here ({why}): the page was not looked at.")
        return 0
    complaints = 0
    with tempfile.TemporaryDirectory() as folder, opened(command) as browser:
        page = given.page or made_up(Path(folder))
        size = page.stat().st_size
        print(f"{page.name}: {size / 1e6:.1f} MB")
        complaints += size > MOST_BYTES
        for width in WIDTHS:
            for dark in (False, True):
                found, faults, picture = look(browser, page, width, dark)
                name = f"{width}-{'dark' if dark else 'light'}"
                if given.shots:
                    given.shots.mkdir(parents=True, exist_ok=True)
                    (given.shots / f"{name}.png").write_bytes(picture)
                print(f"{name}: letters {found['letters'][0]:g} px, {'; '.join(faults) or 'nothing wrong'}")
                complaints += len(faults)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
