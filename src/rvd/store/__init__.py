"""Results folders: one row a run in Parquet shards, published whole or not at all, under an immutable manifest.

case.toml        the case as it was read
manifest.json    whose results these are; never changed
runs/            one file a chunk, named by its first run: 00000012.parquet
compact/         the same rows in few files, once a campaign is complete
tmp/             files being written; nothing there counts
events.ndjson    what happened when, one JSON object a line
"""

from .folder import Folder, Memory
from .gathering import compact, merge
from .manifest import Manifest
from .reading import asked, digest, events, manifest, table

__all__ = [
    "Folder",
    "Manifest",
    "Memory",
    "asked",
    "compact",
    "digest",
    "events",
    "manifest",
    "merge",
    "table",
]
