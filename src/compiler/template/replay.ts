import type { Answer, Request, Script } from "../../domain/script.ts";
import { type Ask, QuestionSignal } from "./context/ask.ts";

/** What a question asks, as text: an evaluation must ask the same again when it begins anew. */
function keyOf(question: Request): string {
  const parts = question.kind === "statement" ? question.statement.text : question;
  return JSON.stringify([question.kind, parts]);
}

/**
 * Evaluates until no question lacks an answer: the evaluation stops at the first one without, the question is asked as any
 * request is, and the evaluation begins anew with the answer in its log, where it is found by its position (DESIGN §3 Templates).
 */
export function* replay<T>(evaluate: (ask: Ask) => T): Script<T> {
  const log: { readonly key: string; readonly answer: Answer }[] = [];
  for (;;) {
    let position = 0;
    const ask: Ask = (question) => {
      const known = log[position];
      if (known === undefined) throw new QuestionSignal(question);
      if (known.key !== keyOf(question)) throw new Error("a template asked something else when it was evaluated again");
      position += 1;
      return known.answer;
    };
    let question: Request;
    try {
      return evaluate(ask);
    } catch (signal) {
      if (!(signal instanceof QuestionSignal)) throw signal;
      question = signal.question;
    }
    log.push({ key: keyOf(question), answer: yield question });
  }
}

/** What an evaluation gives, or that it asks the warehouse, which nobody has answered. */
export function unlessAsking<T>(evaluate: () => T): T | "asks" {
  try {
    return evaluate();
  } catch (signal) {
    if (signal instanceof QuestionSignal) return "asks";
    throw signal;
  }
}
