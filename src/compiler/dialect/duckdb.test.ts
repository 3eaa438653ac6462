import { openDuckdb } from "../../runner/warehouse/duckdb/open-duckdb.ts";
import { describeDialect } from "./dialect.contract.ts";
import { duckdbLedger } from "./duckdb-ledger.ts";
import { duckdb } from "./duckdb.ts";

describeDialect({
  name: "duckdb",
  dialect: duckdb,
  ledgerDialect: duckdbLedger,
  database: "memory",
  types: { number: "integer", text: "varchar" },
  names: [
    "two words",
    "it's",
    'a "quoted" name',
    '"',
    "select",
    "MiXeD",
    "é 😀",
    "semi;colon",
    "-- comment",
    "/* open",
    "dot.ted",
    "back\\slash",
    "line\nbreak",
    "1st",
    "target",
    "staged",
    "$1 {{ x }} %s",
    "a".repeat(300),
  ],
  open: () => openDuckdb({ path: "", name: "memory", access: "memory" }),
});
