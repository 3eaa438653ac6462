import type { Sql } from "./sql.ts";

/** A statement of the author's that runs before or after a resource is built: as a part of the same unit, or by itself. */
export interface Hook {
  readonly statement: Sql;
  readonly isInUnit: boolean;
}

/** What runs around a build, in order. */
export interface Hooks {
  readonly before: readonly Hook[];
  readonly after: readonly Hook[];
}

/** Nothing runs around the build. */
export const noHooks: Hooks = { before: [], after: [] };
