import { type DataMap, isDataMap } from "../../../domain/data.ts";
import { dbtVersion } from "../../../domain/dbt-version.ts";
import type { Inputs } from "../../../domain/settings.ts";
import { fromData } from "../values/convert-data.ts";
import { dict } from "../values/dict.ts";
import { timeValue } from "../modules/time-values.ts";
import { datetimeModule, pytzModule } from "../modules/datetime-module.ts";
import { itertoolsModule } from "../modules/itertools-module.ts";
import { reModule } from "../modules/re-module.ts";
import { utc } from "../modules/time-zone.ts";
import { type HostObject, textOf, type Value } from "../values/value.ts";
import { namedAttributes } from "./named-attributes.ts";

const metadataPrefix = "DBT_ENV_CUSTOM_ENV_";

/** dbt's flags that projects ask for, as they are where nothing else is said. */
const usualFlags: DataMap = {
  full_refresh: false,
  store_failures: false,
  fail_fast: false,
  empty: false,
  defer: false,
  introspect: true,
  warn_error: null,
  use_colors: true,
  version_check: true,
  quiet: false,
  debug: false,
  indirect_selection: "eager",
  write_json: true,
  no_print: null,
  printer_width: 80,
  target_path: null,
};

/** `flags`: in capitals. */
function flagsObject(flags: DataMap): HostObject {
  const values = Object.fromEntries(
    Object.entries(flags).map(([name, value]) => [name.toUpperCase(), fromData(value)]),
  );
  const attributes = namedAttributes(values);
  return {
    kind: "object",
    typeName: "the flags",
    print: () => "<flags>",
    ...attributes,
    item: (key) => attributes.attribute((textOf(key) ?? "").toUpperCase()),
  };
}

/** What templates know of the call: its time, its options, its id. Where there is no call, it is the beginning of 1970. */
export function callValues({ call, environment }: Inputs): Readonly<Record<string, Value>> {
  const now = BigInt(call?.now ?? 0);
  const given: DataMap = call?.arguments ?? {};
  const which = call?.which ?? "compile";
  const custom = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(metadataPrefix) && value !== undefined ? [[name.slice(metadataPrefix.length), value] as const] : [],
  );
  const vars = given["vars"];
  return {
    run_started_at: timeValue({ type: "datetime", micros: now, zone: utc }),
    invocation_id: call?.invocationId ?? "",
    invocation_args_dict: fromData({ ...given, which, vars: isDataMap(vars) ? vars : {} }),
    flags: flagsObject({ ...usualFlags, ...given, which }),
    dbt_version: dbtVersion,
    dbt_metadata_envs: dict(custom),
    thread_id: "Thread-1",
    modules: {
      kind: "object",
      typeName: "the modules",
      print: () => "<modules>",
      ...namedAttributes({
        datetime: datetimeModule(now),
        pytz: pytzModule,
        re: reModule,
        itertools: itertoolsModule,
      }),
    },
  };
}
