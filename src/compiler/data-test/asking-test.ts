import { type Checked, error, failed, passed } from "../../domain/diagnostic.ts";
import type { CompiledQuery, CompiledTest } from "../../domain/model.ts";
import type { DialectName } from "../../domain/settings.ts";
import { type Script, tell } from "../../domain/script.ts";
import { emptySql } from "../../domain/sql.ts";
import { toldNothing } from "../../domain/told.ts";
import { compileAsking, compileUnasked } from "../asking-context.ts";
import type { CompileContext } from "../compile-model.ts";
import type { TestOutcome } from "../generic-test/compile-test.ts";
import type { Translate } from "../translation.ts";

const asWritten: Translate = (query) => passed({ statement: query, columns: [], lineage: [], uses: [] });

const noQuery: CompiledQuery = { text: emptySql, statement: emptySql, uses: [] };

type Compile = (context: CompileContext) => Checked<TestOutcome>;

interface Compiling {
  readonly context: CompileContext;
  readonly dialect: DialectName;
}

function* atItsTurn(compile: Compile, compiling: Compiling): Script<Checked<CompiledTest>> {
  const compiled = yield* compileAsking(compiling, compile);
  if (!compiled.ok) return compiled;
  if (compiled.value.kind === "compiled") {
    yield* tell(compiled.value.told);
    return passed(compiled.value.test);
  }
  return failed(error("test-without-query", "What the warehouse answered leaves this test without a query."));
}

/** Compiles a test, or, where it asks the warehouse, learns what it reads and leaves its query to its turn in the run. */
export function compileOrAsk(compile: Compile, compiling: Compiling): Checked<TestOutcome> {
  const outcome = compileUnasked(compiling, compile);
  if (outcome !== "asks") return outcome;
  const known = compile({ ...compiling.context, phase: "parse", translate: asWritten });
  if (!known.ok || known.value.kind !== "compiled") return known;
  const { test } = known.value;
  const stored = test.stored === undefined ? undefined : { ...test.stored, rows: noQuery };
  const asks = { modes: ["full"] as const, compile: () => atItsTurn(compile, compiling) };
  return passed({
    kind: "compiled",
    told: toldNothing,
    test: { ...test, rows: emptySql, query: noQuery, stored, asks },
  });
}
