import { readSync } from 'node:fs';
import { noteMissed } from '../home/missedTurns.ts';
import { happenedHeader } from '../protocol/names.ts';
import { awaitWake } from './awaitWake.ts';
import { endWithParent } from './endWithParent.ts';
import { findHub } from './findHub.ts';
import { missedTurn } from './missedTurn.ts';
import { postEvent } from './postEvent.ts';
import { parseScriptArgs, type ScriptArgs } from './scriptArgs.ts';

// What an agent's hook runs: it hands the event to the hub, and the hub's answer to the agent, once the hub has proven to be this
// user's. The agent must never be disturbed by us, so whatever goes wrong, and where no proven hub is, it prints nothing and ends with
// 0, and the agent goes on as if there were no hook: it asks in its own dialog. It waits as long as
// the agent lets it; when the agent ends it, or dies, the connection closes, which tells the hub. With `--wait` it is the one that waits
// for the user's next word.

/** The largest event that it passes on, in bytes; the hub reads no more either. */
const maxBytes = 4 * 1024 * 1024;
const pieceBytes = 65_536;
const lineEnd = 10;

/** All of stdin; `undefined` if it is too large. It is read to its end in any case: an agent may fail if nobody takes what it says. */
async function readEvent(): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const keep = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
  };
  try {
    // Node's stream for it takes a tenth of the time that a hook does.
    const piece = Buffer.alloc(pieceBytes);
    for (let read = readSync(0, piece); read > 0; read = readSync(0, piece)) keep(Buffer.from(piece.subarray(0, read)));
  } catch {
    // It can't be waited for in this way.
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) keep(chunk);
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : undefined;
}

/** The first line of stdin, which its starter keeps open for as long as it lives. @param onGone hears of its end, whenever that comes */
async function readHeld(onGone: () => void): Promise<Buffer> {
  process.stdin.once('close', onGone);
  const chunks: Buffer[] = [];
  return await new Promise((resolve) => {
    process.stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunk.includes(lineEnd)) resolve(Buffer.concat(chunks));
    });
  });
}

/** What the agent is told: nothing, as a rule. */
async function answer({ workspaceId, home, agent, later }: ScriptArgs, event: Buffer | undefined): Promise<Buffer | undefined> {
  const hub = findHub({ home, workspaceId });
  if (event === undefined || agent === undefined || hub === undefined) return undefined;
  // Others may overtake it, so it says when this process was started.
  const headers: Record<string, string> = later ? { [happenedHeader]: String(Math.floor(performance.timeOrigin)) } : {};
  const answered = await postEvent(hub, `/hooks/${workspaceId}/${agent}`, event, headers);
  return answered?.status === 200 ? answered.body : undefined;
}

/** The same; what a hub that starts later has to know is noted where none could be told. */
async function answerOrNote(args: ScriptArgs, event: Buffer | undefined): Promise<Buffer | undefined> {
  const text = await answer(args, event);
  const missed = text === undefined && event !== undefined ? missedTurn(args, event, Math.floor(performance.timeOrigin)) : undefined;
  if (missed === undefined) return text;
  const takeBack = noteMissed(args.home, missed);
  // One may have started, and looked for what was noted, in between.
  const late = await answer(args, event);
  if (late !== undefined) takeBack();
  return late;
}

async function main(): Promise<void> {
  const args = parseScriptArgs(process.argv.slice(2), process.env);
  if (args === undefined) throw new Error('usage: hook.cjs --agent DIALECT --workspace ID [--home DIR]');
  // What the agent doesn't wait for is told also when it has ended meanwhile.
  if (!args.later && !args.outlives) endWithParent(() => process.exit(0));
  else process.on('SIGHUP', () => {});
  const event = args.held ? await readHeld(() => process.exit(0)) : await readEvent();
  if (args.waits) {
    const words = event === undefined ? undefined : await awaitWake(args, event);
    if (words === undefined) return;
    // This is how Claude Code is told to begin a turn.
    process.exitCode = 2;
    await new Promise((resolve) => process.stderr.write(words, resolve));
    return;
  }
  const text = await answerOrNote(args, event);
  if (text !== undefined) await new Promise((resolve) => process.stdout.write(text, resolve));
}

process.stdout.on('error', () => {});
main()
  .catch((error: unknown) => process.stderr.write(`AgentRQ: ${error instanceof Error ? error.message : String(error)}\n`))
  .finally(() => process.exit());
