import { setTimeout as pause } from 'node:timers/promises';
import { type Row, works } from './row.ts';

/**
 * It asks and ends its turn; the hub is away for a while; the user answers, and that wakes it. It has the answer as a plain result as well.
 */
export const woken: Row = async ({ run, user, stage }) => {
  const question = { question: 'Where to?', choices: ['Staging', 'Production'] };
  /** The turn has ended, and nothing is left of it but the task. */
  async function answerLater(): Promise<void> {
    const asked = await user.asked('question');
    await pause(2_000);
    await stage.restartHub();
    await pause(8_000);
    await user.answer(asked, { choices: ['Production'] });
  }
  let answering: Promise<void> | undefined;
  await run([
    { first: () => void (answering = answerLater()), hub: 'askHuman', input: question },
    { told: /moved to the background/, say: 'I have asked, and end my turn.' },
    { told: /NOT USER INPUT[^]*The user you work for gave this answer in AgentRQ at [^]*Production/, hub: 'askHuman', input: question },
    { told: /"status":"answered"[^]*Production/, say: 'It goes to production.' },
  ]);
  await answering;
  return works;
};
