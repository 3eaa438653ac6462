import type { SourceFile, Span } from "../../domain/source-file.ts";
import type { FloatValue } from "./values/value.ts";

/** What every piece of a template's syntax knows: where the author wrote it. */
interface Placed {
  readonly span: Span;
}

/** A constant: text, number, `true`, `none`. */
export interface Literal extends Placed {
  readonly kind: "literal";
  readonly value: string | number | bigint | boolean | null | FloatValue;
}

/** A variable, function or macro by its name. */
export interface Name extends Placed {
  readonly kind: "name";
  readonly name: string;
}

/** `[a, b]` or `(a, b)`. */
export interface SequenceLiteral extends Placed {
  readonly kind: "list" | "tuple";
  readonly items: readonly Expression[];
}

/** `{key: value}`. */
export interface DictLiteral extends Placed {
  readonly kind: "dict";
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}

/** `target.name`; `nameSpan` covers the name alone. */
export interface Attribute extends Placed {
  readonly kind: "attribute";
  readonly target: Expression;
  readonly name: string;
  readonly nameSpan: Span;
}

/** `target[key]`, where the key may be a slice. */
export interface Item extends Placed {
  readonly kind: "item";
  readonly target: Expression;
  readonly key: Expression | Slice;
}

/** `start:stop:step` between brackets, each part may be left out. */
export interface Slice extends Placed {
  readonly kind: "slice";
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
}

/** The arguments of a call, filter or test, in Python's order: positional, named, `*spread`, `**spreadNamed`. */
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly NamedArgument[];
  readonly spread: Expression | undefined;
  readonly spreadNamed: Expression | undefined;
}

/** `name=value` in a call. */
export interface NamedArgument {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Expression;
}

/** `callee(arguments)`. */
export interface Call extends Placed {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: Arguments;
}

/** `target | name(arguments)`; the span covers the name and arguments, and `target` where there is one. */
export interface Filter extends Placed {
  readonly kind: "filter";
  readonly target: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
}

/** `target is name(arguments)`. */
export interface Test extends Placed {
  readonly kind: "test";
  readonly target: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
}

/** `not x`, `-x`, `+x`. */
export interface Unary extends Placed {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+";
  readonly operand: Expression;
}

/** A sign of arithmetic. */
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** `first + a - b …`: operators of one precedence, from left to right. */
export interface Arithmetic extends Placed {
  readonly kind: "arithmetic";
  readonly first: Expression;
  readonly rest: readonly {
    readonly operator: ArithmeticOperator;
    readonly operand: Expression;
    readonly span: Span;
  }[];
}

/** `a ~ b ~ c`: texts one after another. */
export interface Concatenation extends Placed {
  readonly kind: "concatenation";
  readonly parts: readonly Expression[];
}

/** `a and b and c`, `a or b or c`: the operand that decides. */
export interface Logical extends Placed {
  readonly kind: "and" | "or";
  readonly operands: readonly Expression[];
}

/** A sign of comparison. */
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in";

/** `first < a <= b …`: true when every neighbouring pair is. */
export interface Comparison extends Placed {
  readonly kind: "comparison";
  readonly first: Expression;
  readonly rest: readonly {
    readonly operator: ComparisonOperator;
    readonly operand: Expression;
    readonly span: Span;
  }[];
}

/** `then if condition else otherwise`; without `otherwise` it may be undefined. */
export interface Conditional extends Placed {
  readonly kind: "conditional";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
}

/** Whatever has a value. */
export type Expression =
  | Literal
  | Name
  | SequenceLiteral
  | DictLiteral
  | Attribute
  | Item
  | Call
  | Filter
  | Test
  | Unary
  | Arithmetic
  | Concatenation
  | Logical
  | Comparison
  | Conditional;

/** What `set`, `for` and `with` assign to. */
export type Target =
  | Name
  | (Placed & { readonly kind: "targets"; readonly targets: readonly Target[] })
  | (Placed & { readonly kind: "namespace-attribute"; readonly namespace: string; readonly name: string });

/** Text outside the tags, line breaks normalised. The pieces say which characters of the file each stretch is. */
export interface Text extends Placed {
  readonly kind: "text";
  readonly text: string;
  readonly pieces: readonly { readonly at: number; readonly length: number; readonly span: Span }[];
}

/** `{{ expression }}`. */
export interface Output extends Placed {
  readonly kind: "output";
  readonly expression: Expression;
}

/** `{% if %} … {% elif %} … {% else %} … {% endif %}`. */
export interface If extends Placed {
  readonly kind: "if";
  readonly branches: readonly { readonly condition: Expression; readonly body: Body }[];
  readonly otherwise: Body;
}

/** `{% for target in iterable if condition recursive %} … {% else %} … {% endfor %}`. */
export interface For extends Placed {
  readonly kind: "for";
  readonly target: Target;
  readonly iterable: Expression;
  readonly condition: Expression | undefined;
  readonly recursive: boolean;
  readonly body: Body;
  readonly otherwise: Body;
}

/** `{% set target = value %}`. */
export interface Set extends Placed {
  readonly kind: "set";
  readonly target: Target;
  readonly value: Expression;
}

/** A filter applied to a captured block: its name and arguments without a target. */
export type BlockFilter = Omit<Filter, "target">;

/** `{% set target | filters %} … {% endset %}`, and with no target `{% filter filters %} … {% endfilter %}`. */
export interface Capture extends Placed {
  readonly kind: "capture";
  readonly target: Target | undefined;
  readonly filters: readonly BlockFilter[];
  readonly body: Body;
}

/** `{% with a = 1 %} … {% endwith %}`. */
export interface With extends Placed {
  readonly kind: "with";
  readonly assignments: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: Body;
}

/** `{% do expression %}`. */
export interface Do extends Placed {
  readonly kind: "do";
  readonly expression: Expression;
}

/** `{% break %}`, `{% continue %}`. */
export interface Jump extends Placed {
  readonly kind: "break" | "continue";
}

/** `{% call(parameters) callee(…) %} … {% endcall %}`. */
export interface CallBlock extends Placed {
  readonly kind: "call-block";
  readonly call: Call;
  readonly caller: Routine;
}

/** A parameter of a macro, with its default where it has one. */
export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly default: Expression | undefined;
}

/** What can be called: parameters and a body, and which of Jinja's special names the body uses. */
export interface Routine extends Placed {
  readonly file: SourceFile;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
  readonly usesVarargs: boolean;
  readonly usesKwargs: boolean;
  readonly usesCaller: boolean;
}

/** `{% macro name(parameters) %} … {% endmacro %}`; the span covers all of it. */
export interface MacroDefinition extends Routine {
  readonly kind: "macro";
  readonly nameSpan: Span;
}

/** `{% test name(parameters) %} … {% endtest %}`: a generic test. */
export interface TestDefinition extends Routine {
  readonly kind: "test-definition";
  readonly nameSpan: Span;
}

/** `{% materialization name, adapter='x' %} … {% endmaterialization %}`; without an adapter it is the default one. */
export interface MaterializationDefinition extends Routine {
  readonly kind: "materialization";
  readonly nameSpan: Span;
  readonly adapter: string | undefined;
  readonly languages: readonly string[];
}

/** `{% snapshot name %} … {% endsnapshot %}`: its body can be rendered as a template can. */
export interface SnapshotDefinition extends Placed {
  readonly kind: "snapshot";
  readonly file: SourceFile;
  readonly name: string;
  readonly nameSpan: Span;
  readonly body: Body;
}

/** `{% docs name %} … {% enddocs %}`: its body can be rendered as a template can. */
export interface DocsDefinition extends Placed {
  readonly kind: "docs";
  readonly file: SourceFile;
  readonly name: string;
  readonly nameSpan: Span;
  readonly body: Body;
}

/** A block that defines something by name; rendering a template passes over all of them but macros. */
export type Definition =
  MacroDefinition | TestDefinition | MaterializationDefinition | SnapshotDefinition | DocsDefinition;

/** A piece of a template. */
export type Statement = Text | Output | If | For | Set | Capture | With | Do | Jump | CallBlock | Definition;

/** Statements one after another. */
export type Body = readonly Statement[];

/** A file's template: what it prints, and what it defines at its top level. */
export interface Template {
  readonly file: SourceFile;
  readonly body: Body;
  readonly macros: readonly MacroDefinition[];
  readonly tests: readonly TestDefinition[];
  readonly materializations: readonly MaterializationDefinition[];
  readonly snapshots: readonly SnapshotDefinition[];
  readonly docs: readonly DocsDefinition[];
}
