import type { Value } from "../values/value.ts";

/** How a block ended: at its end (JS `undefined`), by `break` or `continue`, or by `return(value)`. */
export type Completion = undefined | "break" | "continue" | { readonly value: Value };
