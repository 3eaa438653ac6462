import { setFlagsFromString } from "node:v8";

/** What the parser makes of a text: the nodes of its statements, or where it stopped and what it said. */
export type Parsed =
  | { readonly ok: true; readonly nodes: readonly unknown[] }
  | { readonly ok: false; readonly at: number | undefined; readonly message: string };

/** Parses text in BigQuery's dialect. The offsets that it reports count Unicode characters. */
export type Parse = (text: string) => Parsed;

let loading: Promise<Parse> | undefined;

/**
 * Loads the parser, once a process. It is 24 MB of WebAssembly: V8's optimising compiler would keep the process from
 * exiting for seconds after the last query, so it is told to keep to its baseline compiler before the module is read.
 */
export async function loadParser(): Promise<Parse> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Parse> {
  setFlagsFromString("--liftoff-only");
  const { Dialect, parse } = await import("@polyglot-sql/sdk");
  return (text) => {
    const result = parse(text, Dialect.BigQuery);
    if (!result.success) return { ok: false, at: result.errorStart ?? undefined, message: result.error };
    const nodes: unknown = result.ast;
    return { ok: true, nodes: Array.isArray(nodes) ? nodes : [nodes] };
  };
}
