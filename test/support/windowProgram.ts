import { createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream } from '../../src/client/eventStream.ts';
import { createHubApi } from '../../src/client/hubApi.ts';
import { createHubLink } from '../../src/client/hubLink.ts';
import { readSecret } from '../../src/home/ownHub.ts';
import { createProvenFetch } from '../../src/home/provenFetch.ts';
import { createHubThread } from '../../src/host/hubThread.ts';
import { systemClock as clock } from '../../src/util/clock.ts';
import { createLogger } from '../../src/util/log.ts';
import { inEnglish } from '../../src/util/sentence.ts';
import { linesOf } from './killLoad.ts';
import type { FromWindow, ToWindow, WindowOptions } from './windowMessages.ts';

// A window without an editor: its hub, its link, its stream and its board, put together as the extension does.

const { entry, home, port, token } = JSON.parse(process.argv[2] ?? '') as WindowOptions;
const tell = (message: FromWindow): void => void process.send?.(message);
const log = createLogger((level, line) => {
  tell({ kind: 'log', line: `${level} ${line}` });
  if (line.includes('the hub runs in this window')) tell({ kind: 'leads' });
});
const random = Math.random;

const thread = createHubThread({
  entry,
  options: () => ({ home, port, version: '0.0.0', waitSeconds: {} }),
  warn: (notice) => tell({ kind: 'fault', what: inEnglish(notice) }),
  log: log.child('hub'),
});
const link = createHubLink({
  startHub: thread.start,
  token: async () => token,
  report: (state) => board.report(state),
  clock,
  random,
  log,
});
const address = () => link.address();
const fetch = createProvenFetch(() => readSecret(home));
const stream = createEventStream({ address, fetch, clock, random, log: log.child('stream') });
const board = createBoardStore({ api: createHubApi({ address, fetch }), stream, clock, random, log: log.child('board') });
link.onDidChangeAddress(() => board.start());
link.onDidReturn(() => board.retryNow());

let last: number | undefined;
let boards = 0;
stream.onDidReceive(({ cursor }) => {
  if (last !== undefined && cursor.number !== last + 1) tell({ kind: 'fault', what: `event ${cursor.number} came after ${last}` });
  last = cursor.number;
});
board.onDidReplace(() => {
  boards += 1;
  if (boards > 1) tell({ kind: 'fault', what: 'the board was taken anew' });
});
board.onDidChangeLink(({ kind }) => {
  if (kind === 'live') tell({ kind: 'live', at: Date.now() });
  if (kind !== 'waiting') return;
  tell({ kind: 'away', at: Date.now() });
  void link.takeOver().catch((error: unknown) => tell({ kind: 'fault', what: String(error) }));
});

process.on('message', ({ kind }: ToWindow) => {
  if (kind === 'tasks') tell({ kind: 'tasks', lines: linesOf(board.board.tasks.values()) });
  else void end();
});
process.once('disconnect', () => void end());
await link.start();

async function end(): Promise<void> {
  board.dispose();
  stream.dispose();
  await link.stop();
  link.dispose();
  process.exit(0);
}
