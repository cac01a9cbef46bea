import type { Request } from '../../../../src/protocol/model.ts';
import type { RuleFlow, RuleOutcome } from '../../../../src/ui/rules/ruleFlow.ts';
import type { RuleDraft } from '../../../../src/ui/rules/ruleText.ts';

/** A person who makes the rule that the test hands in, or none. */
export class FakeRules implements RuleFlow {
  readonly asked: string[] = [];
  readonly #outcome: RuleOutcome;

  constructor(outcome: RuleOutcome = { kind: 'none' }) {
    this.#outcome = outcome;
  }

  async mayMake(): Promise<boolean> {
    return true;
  }

  async forRequest({ id }: Request): Promise<RuleOutcome> {
    this.asked.push(id);
    return this.#outcome;
  }

  async write(): Promise<RuleDraft | undefined> {
    return this.#outcome.kind === 'rule' ? this.#outcome.rule : undefined;
  }
}
