import { relationKey } from "../domain/relation.ts";
import { execute } from "../domain/script.ts";
import { WorldError } from "../domain/world-error.ts";
import { driveScript } from "../runner/drive-script.ts";
import { StatementError } from "../runner/warehouse.ts";
import { connectWarehouse } from "./connect.ts";
import { ingestedSources } from "./ingest-sources.ts";
import type { Ending, Invocation } from "./invocation.ts";
import { openSoundProject } from "./open-project.ts";
import { warehouseSql } from "./warehouse-sql.ts";

/** The buckets of places in Cloud Storage, without repetition. */
function bucketsOf(places: readonly string[]): readonly string[] {
  return [...new Set(places.flatMap((place) => /^gs:\/\/[^/]+/u.exec(place)?.[0] ?? []))];
}

/** Makes what a target needs and a run does not make by itself, and says what there is; what is there stays as it is. */
export async function setupProject(invocation: Invocation): Promise<Ending> {
  const opened = await openSoundProject(invocation);
  if (opened === undefined) return "refusal";
  const { root, project } = opened;
  const { settings } = project;
  const { target } = settings;
  const say = (message: string): void => {
    invocation.emit({ kind: "said", message });
  };
  if (target.type === "duckdb") {
    say(`The target "${target.name}" is a file of DuckDB: there is nothing to set up.`);
    return "success";
  }
  const { makeBucket } = await import("../ingest/store/gcs/make-bucket.ts");
  const endpoint = invocation.environment["TSDBT_GCS_ENDPOINT"];
  const staged = ingestedSources(opened).map((each) => each.settings.to);
  for (const bucket of bucketsOf(staged)) {
    const made = await makeBucket(bucket, { project: target.executionProject, location: target.location, endpoint });
    say(`bucket ${bucket}: ${made}`);
  }
  const { dialect, ledgerDialect, lock, ledger } = warehouseSql(settings, invocation);
  const built = [...project.models, ...project.seeds].map(({ relation }) => relation);
  const sources = ingestedSources(opened).map(({ source }) => source.relation);
  const datasets = new Map(
    [...built, ...sources].map((relation) => [relationKey({ ...relation, identifier: "" }), relation]),
  );
  const warehouse = await connectWarehouse({ root, invocation }, settings, "write");
  try {
    const session = await warehouse.session({ step: "setup" });
    try {
      const made = [...datasets.values()].flatMap((relation) => dialect.createSchema(relation));
      const kept = [...ledgerDialect.create(ledger), ...(lock?.create(ledger) ?? [])];
      await driveScript(execute(...made, ...kept), session);
    } finally {
      session.close();
    }
  } catch (cause) {
    if (!(cause instanceof StatementError)) throw cause;
    throw new WorldError("refused-setup", `The datasets cannot be made: ${cause.message.replace(/\.?$/u, ".")}`, {
      hint: "Give the account the role BigQuery User in the project, or have somebody make the datasets (deploy/terraform).",
      cause,
    });
  } finally {
    warehouse.close();
  }
  const names = [...new Set([...datasets.values(), ledger].map(({ database, schema }) => `${database}.${schema}`))];
  say(`datasets ${names.sort().join(", ")}: there`);
  return "success";
}
