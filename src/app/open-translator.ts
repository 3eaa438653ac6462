import type { Translate } from "../compiler/translation.ts";
import { error, failed } from "../domain/diagnostic.ts";

/** The translator of GoogleSQL: until it is there every query is refused, for none is ever run untranslated. */
export function openTranslator(): Promise<Translate> {
  const refusal = error("untranslated", "tsdbt cannot translate GoogleSQL yet.", { hint: 'Set "dialect: duckdb".' });
  return Promise.resolve(() => failed(refusal));
}
