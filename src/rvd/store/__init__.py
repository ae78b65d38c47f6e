"""Results folders: one row a run in Parquet shards, published whole or not at all, under an immutable manifest.

case.toml        the case as it was read
manifest.json    whose results these are; never changed
runs/            the rows, each run once: one file a chunk, named by its first run (00000012.parquet), or by its
                 first and last (00000000-00000999.parquet) once a campaign of many chunks is complete
tmp/             files being written; nothing there counts
events.ndjson    what happened when, one JSON object a line
.lock            held while a file in runs/ gets its name
"""

from .folder import Folder, Memory
from .gathering import compact, merge, settle, without_doubles
from .manifest import Manifest
from .reading import asked, digest, events, manifest, table
from .shards import arrays_of

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
