import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describeError } from '../../../src/util/errors.ts';
import { anthropicMessages } from './anthropicMessages.ts';
import type { Asked, ModelDialect, Move, OfferedTool } from './dialect.ts';
import { geminiContents } from './geminiContents.ts';
import { openAiChat } from './openAiChat.ts';
import { openAiResponses } from './openAiResponses.ts';
import type { Input, Step } from './script.ts';

const dialects: readonly ModelDialect[] = [anthropicMessages, openAiChat, openAiResponses, geminiContents];

/** A call of one of the program's own tools. */
export interface OwnCall {
  tool: string;
  input: Record<string, unknown>;
}

/** How a program calls tools of its own. */
export interface OwnTools {
  shell(command: string): OwnCall;
  /** What its model does, a few times, as long as this tool of the hub isn't there: the program doesn't wait for servers that start. */
  idle?(tool: string): OwnCall;
}

/** A request that a program made, whether or not it was for a move. */
export interface ModelRequest {
  method: string;
  path: string;
  body: unknown;
}

/** A model on this machine that does what a script says, over four APIs. It never thinks, so a test knows every move. */
export interface ScriptedModel {
  /** Without a slash at its end. */
  url: string;
  /** Every request so far. */
  requests: readonly ModelRequest[];
  /** What the model was told before each of its moves. */
  told: readonly string[];
  /** What the model has been told in all, message by message, as the program last sent it. */
  conversation(): readonly string[];
  /** Plays this from now on. */
  play(steps: readonly Step[], own: OwnTools): void;
  /** Makes each move, from now on, of what the model was told since its last one. */
  react(reaction: (told: string) => Step, own: OwnTools): void;
  /** How many steps are left. */
  left(): number;
  /** Whether the script was played, or what it reacts with ends a turn, and its last move is on its way. */
  isIdle(): boolean;
  /** What has gone against the script, a sentence each. */
  problems: readonly string[];
  close(): Promise<void>;
}

export async function startScriptedModel(): Promise<ScriptedModel> {
  const requests: ModelRequest[] = [];
  const told: string[] = [];
  const problems: string[] = [];
  let steps: Step[] = [];
  let reaction: ((told: string) => Step) | undefined;
  let conversation: readonly string[] = [];
  let hasSaid = true;
  let own: OwnTools = { shell: () => ({ tool: 'shell', input: {} }) };
  let idled = 0;
  // What it was told before it idled.
  let before = '';
  let moves = 0;
  let open = 0;
  // One move after the other, however many requests come at once.
  let turn: Promise<void> = Promise.resolve();

  async function nextMove(request: Asked): Promise<Move> {
    ({ conversation } = request);
    const next = reaction === undefined ? steps[0] : reaction(before + request.told);
    if (next !== undefined && 'hub' in next && own.idle !== undefined && !hubTool(request, next.hub) && idled < mostIdled) {
      idled += 1;
      before += `${request.told}\n`;
      hasSaid = false;
      await pause(idleMs);
      return callOf(own.idle(next.hub));
    }
    idled = 0;
    if (reaction === undefined) steps.shift();
    const step = next;
    hasSaid = step === undefined || 'say' in step;
    const asked = { ...request, told: before + request.told };
    before = '';
    told.push(asked.told);
    if (step === undefined) return { kind: 'say', text: 'Nothing is left to do.' };
    try {
      if (step.told !== undefined && !step.told.test(asked.told)) {
        throw new Error(`the model was to be told ${String(step.told)}, and was told: ${asked.told.slice(-1_500)}`);
      }
      await step.first?.(asked.told);
      return moveOf(step, asked);
    } catch (error) {
      problems.push(describeError(error));
      steps = [];
      hasSaid = true;
      return { kind: 'say', text: 'I stop here.' };
    }
  }

  function moveOf(step: Step, asked: Asked): Move {
    if ('say' in step) return { kind: 'say', text: step.say };
    if ('shell' in step) return callOf(own.shell(step.shell));
    if ('own' in step) return callOf({ tool: step.own, input: inputOf(step, asked) });
    const tool = hubTool(asked, step.hub);
    if (tool !== undefined) return { kind: 'call', tool, input: inputOf(step, asked) };
    throw new Error(`the model was not offered ${step.hub}, only ${asked.tools.map(({ name }) => name).join(', ')}`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const text = await readText(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    requests.push({ method: request.method ?? '', path, body });
    const dialect = dialects.find(({ matches }) => matches(path));
    if (dialect === undefined || request.method !== 'POST') {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"not scripted"}}');
      return;
    }
    const asked = dialect.read(body);
    // Titles, summaries and the like are asked for without tools.
    const isAside = asked.tools.length === 0;
    moves += 1;
    const id = `scripted${moves}`;
    const move: Move = isAside ? { kind: 'say', text: 'Work' } : await inTurn(() => nextMove(asked));
    if (!response.destroyed) dialect.write({ response, body, path, move, id });
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  const server = createServer((request, response) => {
    open += 1;
    response.once('close', () => void (open -= 1));
    answer(request, response).catch((error: unknown) => {
      problems.push(`a request to the model could not be answered: ${describeError(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    told,
    problems,
    conversation: () => conversation,
    play(script, ownTools) {
      steps = [...script];
      reaction = undefined;
      own = ownTools;
    },
    react(made, ownTools) {
      steps = [];
      reaction = made;
      own = ownTools;
    },
    left: () => steps.length,
    isIdle: () => steps.length === 0 && open === 0 && (reaction === undefined || hasSaid),
    close: () => closeServer(server),
  };
}

const mostIdled = 20;
const idleMs = 250;

/** The tool of the hub as this program names it: with a prefix or in a namespace, and always with its own name at the end. */
function hubTool({ tools }: Asked, name: string): OfferedTool | undefined {
  return tools.find((tool) => /agentrq/i.test(`${tool.namespace ?? ''}${tool.name}`) && tool.name.endsWith(name));
}

function inputOf({ input = {} }: { input?: Input }, { told }: Asked): Record<string, unknown> {
  return typeof input === 'function' ? input(told) : input;
}

function callOf({ tool, input }: OwnCall): Move {
  return { kind: 'call', tool: { name: tool }, input };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
