import { type Origin, type Sql, sqlWithOrigins } from "../../domain/sql.ts";
import type { SourceFile, Span } from "../../domain/source-file.ts";

/** A span by the path of its file. */
type SpanData = readonly [path: string, start: number, end: number];

/** A stretch of a text and where it came from, the macro calls that led there last. */
type OriginData = readonly [at: number, length: number, span: SpanData, via: readonly SpanData[]];

/** SQL as plain data, in which files are named by their paths. */
export interface SqlData {
  readonly text: string;
  readonly origins: readonly OriginData[];
}

function spanData({ file, start, end }: Span): SpanData {
  return [file.path, start, end];
}

/** The plain data of SQL. */
export function sqlData({ text, origins }: Sql): SqlData {
  return {
    text,
    origins: origins.map(({ at, length, span, via = [] }) => [at, length, spanData(span), via.map(spanData)]),
  };
}

/** All files that a text came from, by path. */
export function filesOf({ origins }: Sql): ReadonlyMap<string, SourceFile> {
  return new Map(
    origins.flatMap(({ span, via = [] }) => [span, ...via].map(({ file }): [string, SourceFile] => [file.path, file])),
  );
}

/** SQL of its plain data; what came from a file that is not among `files` has no origin. */
export function sqlOf({ text, origins }: SqlData, files: ReadonlyMap<string, SourceFile>): Sql {
  const spanOf = ([path, start, end]: SpanData): readonly Span[] => {
    const file = files.get(path);
    return file === undefined ? [] : [{ file, start, end }];
  };
  return sqlWithOrigins(
    text,
    origins.flatMap(([at, length, place, via]): readonly Origin[] =>
      spanOf(place).map((span) =>
        via.length === 0 ? { at, length, span } : { at, length, span, via: via.flatMap(spanOf) },
      ),
    ),
  );
}
