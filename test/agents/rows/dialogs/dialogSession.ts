import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerDraft, Request } from '../../../../src/protocol/model.ts';
import { waitFor } from '../../../support/waitFor.ts';
import type { Step } from '../../model/script.ts';
import type { Play } from '../../play.ts';
import { answerDialogs, openTerminal, type Terminal } from '../../terminal.ts';
import type { RowId } from '../rowIds.ts';

/** A session of an agent in a terminal, with its user before the terminal and before the board. */
export interface DialogSession {
  terminal: Terminal;
  /** The agent is given something to do, and this is what its model makes of it. */
  begin(steps: readonly Step[]): Promise<void>;
  /** What it asks comes up on the board. */
  card(kind: Request['kind']): Promise<Request>;
  answer(request: Request, draft: AnswerDraft): Promise<void>;
  /** Nothing is open on the board any more. */
  cleared(): Promise<void>;
  shows(text: RegExp): Promise<void>;
  /** Presses a key until what is shown has gone: a dialog that has just come takes none. */
  pressAway(text: RegExp, key: string): Promise<void>;
  /** The model has done what it was to do, and was told what it had to be told. */
  played(): Promise<void>;
}

const waitMs = 180_000;
const againMs = 2_000;
let sessions = 0;

/** Starts the agent as it plays `row` in a terminal. Its first turn begins with `steps`. */
export async function openSession({ stage, agent }: Play, row: RowId, steps: readonly Step[]): Promise<DialogSession> {
  const { api, workspaceId, model } = stage;
  const { inTerminal } = agent;
  if (inTerminal === undefined) throw new Error(`${agent.name} is not played in a terminal`);
  model.play(steps, agent.own);
  sessions += 1;
  const terminal = await openTerminal(inTerminal.start(stage, 'Do what is next.', row), stage, `tmux${sessions}`);

  const { dialogs } = inTerminal;
  const answerOthers = answerDialogs(terminal, dialogs);

  const open = async (): Promise<Request[]> => (await api.call('getBoard', {})).requests.filter(({ status }) => status === 'open');

  /** Waits, and says what was on the screen if it was in vain. */
  async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
    try {
      const looks = async (): Promise<boolean> => {
        await pause(50);
        if (dialogs.length > 0) await answerOthers();
        return await check();
      };
      await waitFor(what, looks, waitMs);
      assert.deepEqual(model.problems, []);
    } catch (error) {
      throw new Error(`${what}: ${model.problems.join('; ')} It shows: ${(await terminal.screen()).trimEnd()}`, { cause: error });
    }
  }

  return {
    terminal,
    async begin(next) {
      model.play(next, agent.own);
      await terminal.type('Go on.');
      await until('the prompt to be there', async () => (await terminal.screen()).includes('Go on.'));
      await terminal.press('Enter');
    },
    async card(kind) {
      let found: Request | undefined;
      await until(`a ${kind} on the board`, async () => {
        found = (await open()).find((request) => request.kind === kind);
        return found !== undefined || model.problems.length > 0;
      });
      return found ?? assert.fail();
    },
    async answer({ id: requestId }, draft) {
      await api.call('answerRequest', { workspaceId, requestId, ...draft });
    },
    cleared: () => until('the card to go', async () => (await open()).length === 0),
    shows: (text) => until(`the screen to show ${String(text)}`, async () => text.test(await terminal.screen())),
    async pressAway(text, key) {
      let pressed = -againMs;
      await until(`${key} to be taken`, async () => {
        if (!text.test(await terminal.screen())) return true;
        if (performance.now() - pressed < againMs) return false;
        await terminal.press(key);
        pressed = performance.now();
        return false;
      });
    },
    played: () => until('the model to be told the rest', () => model.isIdle() || model.problems.length > 0),
  };
}

/** What the model must have been told, word for word. */
export function exactly(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
}
