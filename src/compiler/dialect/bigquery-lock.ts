import type { Relation } from "../../domain/relation.ts";
import { type Sql, sql, trustedSql } from "../../domain/sql.ts";
import { literal, relationText } from "./bigquery-text.ts";
import type { Dialect } from "./dialect.ts";
import type { HeldLock, LockDialect } from "./lock-dialect.ts";

function lockTable(ledger: Relation): Sql {
  return relationText({ ...ledger, identifier: "lock" });
}

function whole(value: number): Sql {
  return trustedSql(String(Math.trunc(value)));
}

function isHeld({ holder, fence }: HeldLock): Sql {
  return sql`holder = ${literal(holder)} and fence = ${whole(fence)} and expires > current_timestamp()`;
}

function until(seconds: number): Sql {
  return sql`timestamp_add(current_timestamp(), interval ${whole(seconds)} second)`;
}

function check(ledger: Relation, held: HeldLock): Sql {
  return sql`select if(count(*) = 1, 0, error('another run has taken the lock')) as checked
from ${lockTable(ledger)}
where name = 'run' and ${isHeld(held)}`;
}

/**
 * The lock on BigQuery: one row, which changes of one table's rows reach one after another. The clock is BigQuery's own. The
 * row is made by a MERGE, so that two runs that make it at once do not make two.
 */
export function bigqueryLock({ createSchema }: Pick<Dialect, "createSchema">): LockDialect {
  return {
    create: (ledger) => [
      ...createSchema(ledger),
      sql`create table if not exists ${lockTable(ledger)} (
  name string not null, holder string, fence int64 not null, expires timestamp, renewed timestamp
)`,
      sql`merge into ${lockTable(ledger)} as lock
using (select 'run' as name) as wanted
on lock.name = wanted.name
when not matched then insert (name, fence) values (wanted.name, 0)`,
    ],
    take: (ledger, { holder, seconds }) => sql`update ${lockTable(ledger)}
set holder = ${literal(holder)}, fence = fence + 1, expires = ${until(seconds)}, renewed = current_timestamp()
where name = 'run' and (holder is null or holder = ${literal(holder)} or expires < current_timestamp())`,
    look: (ledger) => sql`select holder, fence, timestamp_diff(expires, current_timestamp(), second) as seconds
from ${lockTable(ledger)}
where name = 'run'`,
    renew: (ledger, held, seconds) => sql`update ${lockTable(ledger)}
set expires = ${until(seconds)}, renewed = current_timestamp()
where name = 'run' and ${isHeld(held)}`,
    release: (ledger, held) => sql`update ${lockTable(ledger)}
set holder = null, expires = null
where name = 'run' and ${isHeld(held)}`,
    check,
    fence: (ledger, held) => [
      sql`update ${lockTable(ledger)} set renewed = current_timestamp() where name = 'run' and ${isHeld(held)}`,
      check(ledger, held),
    ],
  };
}
