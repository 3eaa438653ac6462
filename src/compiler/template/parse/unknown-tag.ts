import type { Span } from "../../../domain/source-file.ts";
import { didYouMean } from "../../nearest-name.ts";
import { raise } from "../template-error.ts";

/** Jinja's tags that have no place in a project of SQL models, and what to do instead. */
const unsupported: Readonly<Record<string, string>> = {
  extends: "Put what is shared into a macro.",
  include: "Put what is shared into a macro.",
  import: "Macros are known in every file without being imported.",
  from: "Macros are known in every file without being imported.",
  block: "Put what is shared into a macro.",
  autoescape: "Nothing is escaped in SQL.",
};

/** nunjucks' tags that Jinja has not, and Jinja's way. */
const foreign: Readonly<Record<string, string>> = {
  elseif: 'Write "{% elif %}".',
  elsif: 'Write "{% elif %}".',
  switch: 'Write "{% if %}" and "{% elif %}".',
  ifAsync: 'Write "{% if %}".',
  asyncEach: 'Write "{% for %}".',
  asyncAll: 'Write "{% for %}".',
  verbatim: 'Write "{% raw %}".',
};

/** Stops at a tag that does not stand for anything here: unknown, unsupported, or the end of another one. */
export function raiseUnknownTag(found: {
  readonly tag: string;
  readonly span: Span;
  readonly known: Iterable<string>;
  readonly open: { readonly tag: string; readonly span: Span } | undefined;
  readonly wanted: readonly string[] | null;
}): never {
  const { tag, span, open, wanted } = found;
  const known = [...found.known];
  if (Object.hasOwn(unsupported, tag))
    return raise("unsupported-tag", `The tag "{% ${tag} %}" is not supported.`, { span, hint: unsupported[tag] });
  const begun = tag.startsWith("end") ? tag.slice(3) : tag;
  if (tag === "else" || tag === "elif" || (begun !== tag && known.includes(begun))) {
    if (open === undefined || wanted === null)
      return raise("template-syntax", `There is no open tag that "{% ${tag} %}" could belong to.`, { span });
    const end = wanted.find((name) => name.startsWith("end")) ?? "";
    return raise("template-syntax", `Expected "{% ${end} %}", found "{% ${tag} %}".`, {
      span,
      related: [{ message: `"{% ${open.tag} %}" was opened here.`, span: open.span }],
    });
  }
  return raise("unknown-tag", `There is no tag "{% ${tag} %}".`, {
    span,
    hint: foreign[tag] ?? didYouMean(tag, [...known, ...(wanted ?? []), "raw"]),
  });
}
