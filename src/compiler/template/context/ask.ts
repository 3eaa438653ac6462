import type { Answer, Request } from "../../../domain/script.ts";

/** Gives the answer to a question of a template, or throws a `QuestionSignal` where there is none yet (DESIGN §3 Templates). */
export type Ask = (question: Request) => Answer;

/** The answer to a question of one kind. */
export type AnswerTo<Kind extends Answer["kind"]> = Extract<Answer, { readonly kind: Kind }>;

/** A question without an answer on its way out of a template: it passes through the evaluator untouched. */
export class QuestionSignal extends Error {
  readonly question: Request;

  constructor(question: Request) {
    super("A template asks the warehouse where nobody answers.");
    this.name = "QuestionSignal";
    this.question = question;
  }
}

/** Has no answer to anything. */
export const askNobody: Ask = (question) => {
  throw new QuestionSignal(question);
};

/** Asks, and gives the answer, which is of the question's kind. */
export function answered<Kind extends Answer["kind"]>(
  ask: Ask,
  question: Extract<Request, { readonly kind: Kind }>,
): AnswerTo<Kind> {
  const answer = ask(question);
  if (!isOfKind(answer, question.kind)) throw new Error(`asked for ${question.kind}, answered with ${answer.kind}`);
  return answer;
}

function isOfKind<Kind extends Answer["kind"]>(answer: Answer, kind: Kind): answer is AnswerTo<Kind> {
  return answer.kind === kind;
}
