import type { FloatValue } from "../values/value.ts";

/**
 * A node of nunjucks' syntax tree, as far as it is used. `colno` is the offset at which its first token starts and
 * `lineno` that at which this token ends (see `Token`).
 */
interface Node<Name extends string> {
  readonly typename: Name;
  readonly lineno: number;
  readonly colno: number;
}

interface WithChildren<Name extends string> extends Node<Name> {
  readonly children: readonly ParsedNode[];
}

interface Binary<Name extends string> extends Node<Name> {
  readonly left: ParsedNode;
  readonly right: ParsedNode;
}

/** What nunjucks has no node for, or none that holds all that Jinja says. */
export type JinjaForm =
  | { readonly form: "group"; readonly inner: ParsedNode }
  | { readonly form: "sequence"; readonly kind: "list" | "tuple"; readonly items: readonly ParsedNode[] }
  | { readonly form: "dict"; readonly entries: readonly (readonly [ParsedNode, ParsedNode])[] }
  | { readonly form: "call"; readonly callee: ParsedNode; readonly arguments: ParsedArguments }
  | { readonly form: "attribute"; readonly target: ParsedNode; readonly name: ParsedNode }
  | { readonly form: "item"; readonly target: ParsedNode; readonly key: ParsedNode }
  | {
      readonly form: "slice";
      readonly start: ParsedNode | undefined;
      readonly stop: ParsedNode | undefined;
      readonly step: ParsedNode | undefined;
    }
  | { readonly form: "filter"; readonly target: ParsedNode; readonly filter: ParsedFilter }
  | { readonly form: "test"; readonly target: ParsedNode; readonly test: ParsedFilter }
  | { readonly form: "namespace-attribute"; readonly namespace: string; readonly name: string }
  | {
      readonly form: "for";
      readonly target: ParsedNode;
      readonly iterable: ParsedNode;
      readonly condition: ParsedNode | undefined;
      readonly recursive: boolean;
      readonly body: ParsedNode;
      readonly otherwise: ParsedNode | undefined;
    }
  | { readonly form: "set"; readonly target: ParsedNode; readonly value: ParsedNode }
  | {
      readonly form: "capture";
      readonly target: ParsedNode | undefined;
      readonly filters: readonly ParsedFilter[];
      readonly body: ParsedNode;
    }
  | {
      readonly form: "with";
      readonly assignments: readonly (readonly [ParsedNode, ParsedNode])[];
      readonly body: ParsedNode;
    }
  | { readonly form: "do"; readonly expression: ParsedNode }
  | { readonly form: "print"; readonly expressions: readonly ParsedNode[] }
  | { readonly form: "break" }
  | { readonly form: "continue" }
  | {
      readonly form: "call-block";
      readonly parameters: readonly ParsedParameter[];
      readonly call: ParsedNode;
      readonly body: ParsedNode;
    }
  | {
      readonly form: "macro" | "test-definition";
      readonly name: ParsedNode;
      readonly parameters: readonly ParsedParameter[];
      readonly body: ParsedNode;
    }
  | {
      readonly form: "materialization";
      readonly name: ParsedNode;
      readonly adapter: string | undefined;
      readonly languages: readonly string[];
      readonly body: ParsedNode;
    }
  | { readonly form: "snapshot" | "docs"; readonly name: ParsedNode; readonly body: ParsedNode };

/** A parameter of a macro or of a call block. */
export interface ParsedParameter {
  readonly name: ParsedNode;
  readonly default: ParsedNode | undefined;
}

/** The arguments of a call, as the grammar finds them. */
export interface ParsedArguments {
  readonly positional: readonly ParsedNode[];
  readonly named: readonly { readonly name: ParsedNode; readonly value: ParsedNode }[];
  readonly spread: ParsedNode | undefined;
  readonly spreadNamed: ParsedNode | undefined;
}

/** A filter or test without what it is applied to. */
export interface ParsedFilter {
  readonly name: string;
  readonly start: number;
  readonly nameEnd: number;
  readonly end: number;
  readonly arguments: ParsedArguments;
}

/** A node for a `JinjaForm`; unlike nunjucks' own it knows its whole extent. */
export interface JinjaNode extends Node<"Jinja"> {
  readonly form: JinjaForm;
}

/** The arithmetic that nunjucks has a node for. */
export type ArithmeticName = "Add" | "Sub" | "Mul" | "Div" | "FloorDiv" | "Mod" | "Pow";

/** The nodes that our grammar leaves to nunjucks, and ours. */
export type ParsedNode =
  | (Node<"Symbol"> & { readonly value: string })
  | (Node<"Literal"> & { readonly value: string | number | bigint | boolean | null | FloatValue })
  | (Node<"TemplateData"> & { readonly value: string })
  | WithChildren<"NodeList">
  | WithChildren<"Root">
  | WithChildren<"Output">
  | (Node<"If"> & { readonly cond: ParsedNode; readonly body: ParsedNode; readonly else_: ParsedNode | null })
  | (Node<"InlineIf"> & { readonly cond: ParsedNode; readonly body: ParsedNode; readonly else_: ParsedNode | null })
  | Binary<"And">
  | Binary<"Or">
  | Binary<"Concat">
  | Binary<ArithmeticName>
  | (Node<"Not" | "Neg" | "Pos"> & { readonly target: ParsedNode })
  | (Node<"Compare"> & { readonly expr: ParsedNode; readonly ops: readonly ParsedOperand[] })
  | JinjaNode;

/** One `operator operand` of a comparison. */
export interface ParsedOperand extends Node<"CompareOperand"> {
  readonly expr: ParsedNode;
  readonly type: string;
}
