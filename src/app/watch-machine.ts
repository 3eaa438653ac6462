/**
 * Watching, as a machine that touches nothing: `next` takes a state and what happened and gives the new state and what is
 * to be done about it.
 *
 *                 saved                      compiled, something affected
 *   waiting ────────────────▶ compiling ──────────────────────────────────▶ running
 *    ▲  ▲                      │  ▲  │ saved: compile again                   │  │ saved: queued
 *    │  └──────────────────────┘  │  ▼ when this one is done                  │  ▼
 *    │  compiled, nothing affected└──────────────────────── ended, queued ────┤
 *    └────────────────────────────────────────────────────── ended ───────────┘
 *
 * A save never starts a second run beside the first; however many saves come during one, one compile follows it.
 */
export type WatchState =
  | { readonly kind: "waiting"; readonly last: readonly string[] }
  | {
      readonly kind: "compiling";
      readonly last: readonly string[];
      /** Affected by a compile that another one had to follow at once. */
      readonly pending: readonly string[];
      readonly again: boolean;
    }
  | { readonly kind: "running"; readonly last: readonly string[]; readonly queued: boolean };

/** What happens while watching. `affected` are names of models; `rerun` and `downstream` are keys. */
export type WatchHappening =
  | { readonly kind: "saved" }
  | { readonly kind: "compiled"; readonly affected: readonly string[] }
  | { readonly kind: "ended" }
  | { readonly kind: "rerun" }
  | { readonly kind: "downstream" };

/** What is to be done. `run` is of these models, or with `downstream` of all that reads them too. */
export type WatchTask =
  | { readonly kind: "compile" }
  | { readonly kind: "run"; readonly models: readonly string[]; readonly downstream: boolean };

/** A state and what is to be done in it. */
export interface WatchMove {
  readonly state: WatchState;
  readonly task: WatchTask | undefined;
}

function stay(state: WatchState): WatchMove {
  return { state, task: undefined };
}

function compile(last: readonly string[], pending: readonly string[] = []): WatchMove {
  return { state: { kind: "compiling", last, pending, again: false }, task: { kind: "compile" } };
}

function run(models: readonly string[], downstream: "alone" | "downstream"): WatchMove {
  return {
    state: { kind: "running", last: models, queued: false },
    task: { kind: "run", models, downstream: downstream === "downstream" },
  };
}

function afterCompile(
  { last, pending, again }: Extract<WatchState, { readonly kind: "compiling" }>,
  affected: readonly string[],
): WatchMove {
  const all = [...new Set([...pending, ...affected])];
  if (again) return compile(last, all);
  return all.length > 0 ? run(all, "alone") : stay({ kind: "waiting", last });
}

/** The machine before the first compile, which is its first task. */
export const startWatch: WatchMove = compile([]);

/** What follows from a happening in a state; what makes no sense in it changes nothing. */
export function nextWatch(state: WatchState, happening: WatchHappening): WatchMove {
  switch (state.kind) {
    case "waiting":
      if (happening.kind === "saved") return compile(state.last);
      if (state.last.length === 0) return stay(state);
      if (happening.kind === "rerun") return run(state.last, "alone");
      return happening.kind === "downstream" ? run(state.last, "downstream") : stay(state);
    case "compiling":
      if (happening.kind === "saved") return stay({ ...state, again: true });
      return happening.kind === "compiled" ? afterCompile(state, happening.affected) : stay(state);
    case "running":
      if (happening.kind === "saved") return stay({ ...state, queued: true });
      if (happening.kind !== "ended") return stay(state);
      return state.queued ? compile(state.last) : stay({ kind: "waiting", last: state.last });
  }
}
