import type { HubApi } from '../../../src/client/hubApi.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../../src/protocol/operations.ts';

type Answers = { [N in OperationName]?: (input: OperationInput<N>) => OperationOutput<N> };

/** A hub that answers as the test says, and remembers what it was asked. An operation without an answer fails. */
export class FakeHubApi implements HubApi {
  readonly calls: { name: OperationName; input: unknown }[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  async call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>> {
    this.calls.push({ name, input });
    const answer = this.#answers[name];
    if (answer === undefined) throw new Error(`the test has no answer to ${name}`);
    return answer(input);
  }
}
