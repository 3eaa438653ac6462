import type { DocBlock } from "../../../domain/exposure.ts";
import { didYouMean } from "../../nearest-name.ts";
import { callable } from "../call.ts";
import { raise } from "../template-error.ts";
import { type CallableValue, textOf } from "../values/value.ts";

/** `doc('block')` and `doc('package', 'block')`: the text of a docs block; the package's own before the project's. */
export function docFunction(
  docs: readonly DocBlock[],
  { packageName, root }: { readonly packageName: string; readonly root: string },
): CallableValue {
  return callable("doc", (call) => {
    const [first, second] = call.positional.map((value) => textOf(value));
    if (first === undefined || call.positional.length > 2)
      return raise("doc", '"doc" takes the name of a docs block, with its package before it where it has to be told.');
    const wanted = second ?? first;
    const named = docs.filter(({ name }) => name === wanted);
    const order = second === undefined ? [packageName, root] : [first];
    const found = order
      .map((each) => named.find((block) => block.packageName === each))
      .find((each) => each !== undefined);
    const block = found ?? (second === undefined ? named[0] : undefined);
    if (block !== undefined) return block.text;
    return raise("unknown-doc", `There is no docs block "${wanted}".`, {
      hint:
        didYouMean(
          wanted,
          docs.map(({ name }) => name),
        ) ?? `Write {% docs ${wanted} %} … {% enddocs %} in a Markdown file below the models.`,
    });
  });
}
