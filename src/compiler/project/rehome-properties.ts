import { type Diagnostic, warning } from "../../domain/diagnostic.ts";
import type { PropertiesDeclaration } from "./parse-properties.ts";

interface Described {
  readonly models: readonly PropertiesDeclaration[];
  readonly seeds: readonly PropertiesDeclaration[];
}

type Kind = keyof Described;

const other: Readonly<Record<Kind, Kind>> = { models: "seeds", seeds: "models" };

/** What is said of a seed under `models`, or of a model under `seeds`, holds all the same, as in dbt, with a warning. */
export function rehomeProperties<P extends Described>(
  properties: P,
  names: Readonly<Record<Kind, readonly string[]>>,
  report: (diagnostic: Diagnostic) => void,
): P {
  const isStray = ({ name, version }: PropertiesDeclaration, kind: Kind): boolean =>
    version === undefined && !names[kind].includes(name.value) && names[other[kind]].includes(name.value);
  const strays = (kind: Kind): readonly PropertiesDeclaration[] =>
    properties[kind].filter((each) => isStray(each, kind));
  const homed = (kind: Kind): readonly PropertiesDeclaration[] => [
    ...properties[kind].filter((each) => !isStray(each, kind)),
    ...strays(other[kind]),
  ];
  for (const kind of ["models", "seeds"] as const)
    for (const { name } of strays(kind)) {
      const what = kind === "models" ? "seed" : "model";
      const hint = `Describe it under "${other[kind]}".`;
      report(
        warning("misplaced-properties", `"${name.value}" is a ${what}, and is described under "${kind}".`, {
          span: name.span,
          hint,
        }),
      );
    }
  return { ...properties, models: homed("models"), seeds: homed("seeds") };
}
