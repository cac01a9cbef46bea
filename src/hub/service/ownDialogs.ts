// Tools that are a dialog of the agent with its user: permission to use one is not all that it waits for.

const questions: ReadonlySet<string> = new Set(['AskUserQuestion', 'ask_user', 'ask_question', 'AskQuestion', 'request_user_input']);
const confirmations: ReadonlySet<string> = new Set(['ExitPlanMode', 'EnterPlanMode']);

/** It asks the user something, so an allow would answer nothing. */
export function isOwnQuestion(tool: string): boolean {
  return questions.has(tool);
}

/** It has the user confirm its input, so an allow counts only together with that input. */
export function isConfirmation(tool: string): boolean {
  return confirmations.has(tool);
}

/** What the board says of a dialog that can be answered in the agent's own window alone. */
export function waitsText(kind: 'questions' | 'plan'): string {
  return kind === 'plan' ? 'It shows you a plan.' : 'It asks you a question.';
}

/** What the agent says when the user can allow the use of a tool in its own window alone. */
export function waitsToUse(tool: string): string {
  return `It wants to use ${tool}, which has to be decided there.`;
}
