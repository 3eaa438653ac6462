import type { Value } from "../values/value.ts";

/** `return(value)` on its way to the end of the macro in which it stands. */
export class ReturnSignal extends Error {
  readonly value: Value;

  constructor(value: Value) {
    super("return() stands outside of a macro.");
    this.name = "ReturnSignal";
    this.value = value;
  }
}
