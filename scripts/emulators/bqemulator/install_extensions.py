"""Puts the DuckDB extensions that bqemulator loads below HOME, from packages: at its start it would fetch them from the network."""

from pathlib import Path

import duckdb
import duckdb_extension_avro
import duckdb_extension_spatial

connection = duckdb.connect()
for package, name in ((duckdb_extension_avro, "avro"), (duckdb_extension_spatial, "spatial")):
    packed = next(Path(package.__file__).parent.rglob(f"v{duckdb.__version__}/{name}.duckdb_extension"))
    connection.execute(f"install '{packed}'")
    connection.execute(f"load {name}")
