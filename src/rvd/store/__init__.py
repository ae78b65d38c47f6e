"""Results folders: one row a run in Parquet shards, published whole or not at all, under an immutable manifest.

case.toml        the case as it was read
manifest.json    whose results these are; never changed
runs/            the rows, each run once: one file a chunk, named by its first run (00000012.parquet), or by its
                 first and last (00000000-00000999.parquet) once a campaign of many chunks is complete
tmp/             files being written; nothing there counts
events.ndjson    what happened when, one JSON object a line
.lock            held while a file in runs/ gets its name

A module is loaded when a name of it is first asked for: Arrow takes long to load, and a check of a case needs none.
"""

from typing import TYPE_CHECKING

__all__ = [
    "Folder",
    "Manifest",
    "Memory",
    "arrays_of",
    "asked",
    "compact",
    "digest",
    "events",
    "manifest",
    "merge",
    "settle",
    "table",
    "without_doubles",
]

if TYPE_CHECKING:
    from .folder import Folder, Memory
    from .gathering import compact, merge, settle, without_doubles
    from .manifests import Manifest
    from .reading import asked, digest, events, manifest, table
    from .shards import arrays_of
else:
    from rvd.lazy import loader

    _MODULES = {
        "folder": ("Folder", "Memory"),
        "gathering": ("compact", "merge", "settle", "without_doubles"),
        "manifests": ("Manifest",),
        "reading": ("asked", "digest", "events", "manifest", "table"),
        "shards": ("arrays_of",),
    }
    __getattr__ = loader(
        __name__, {name: f"rvd.store.{module}:{name}" for module, names in _MODULES.items() for name in names}
    )


def __dir__() -> list[str]:
    return sorted(__all__)
