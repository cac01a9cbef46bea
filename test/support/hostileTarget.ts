import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HubOptions } from '../../src/hub/start/hubOptions.ts';
import { createLogger, type LogLevel } from '../../src/util/log.ts';
import { cpuMsOf } from './cpuTime.ts';
import { exchange, type RawReply, type RawRequest, requestBytes } from './rawHttp.ts';
import { startTestHub, type TestHub } from './testHub.ts';
import { waitFor } from './waitFor.ts';

/** A real hub to be attacked, which keeps what it logged and what it answered. */
export interface HostileTarget extends TestHub {
  port: number;
  log: { level: LogLevel; line: string }[];
  /** The headers of somebody who is let in. */
  person: Record<string, string>;
  agent(workspaceId?: string): Record<string, string>;
  /** The address of a workspace over REST. */
  rest(path: string, workspaceId?: string): string;
  /** Sends one request over a connection of its own. */
  send(request: RawRequest): Promise<RawReply>;
  /** Says any bytes over a connection of their own. */
  say(bytes: string | Buffer): Promise<RawReply[]>;
  /** The answer, parsed; the request is one of the user. */
  ask(method: string, target: string, body?: unknown): Promise<{ status: number; json: unknown }>;
  /** The same of an agent, to its MCP address. */
  rpc(body: unknown, headers?: Record<string, string | undefined>): Promise<RawReply>;
  /** How many things there are that an attack could have made. */
  count(): Promise<number>;
  /**
   * The hub is as before: it answered nothing with 5xx, logged neither errors nor secrets, and has nothing left to do. Then it is stopped.
   */
  finish(): Promise<void>;
}

export async function startHostileTarget(options: Partial<HubOptions> = {}): Promise<HostileTarget> {
  const log: HostileTarget['log'] = [];
  const test = await startTestHub({ log: createLogger((level, line) => log.push({ level, line })), ...options });
  const { hub, workspaceId } = test;
  const port = Number(new URL(hub.url).port);
  const json = { 'content-type': 'application/json' };
  const person = { ...json, authorization: `Bearer ${hub.userToken}` };
  const agent = (id = workspaceId): Record<string, string> => ({ ...json, authorization: `Bearer ${hub.agentToken(id)}` });
  const failures: string[] = [];

  function note(replies: RawReply[]): RawReply[] {
    for (const { status, head, body } of replies) if (!(status < 500)) failures.push(`${head}\n${body}`);
    return replies;
  }

  const say = async (bytes: string | Buffer): Promise<RawReply[]> => note(await exchange(port, bytes));
  async function send(request: RawRequest): Promise<RawReply> {
    const replies = await say(requestBytes(port, request));
    assert.equal(replies.length, 1, `${JSON.stringify(request).slice(0, 200)}: ${replies.length} answers`);
    return replies[0] as RawReply;
  }

  const target: HostileTarget = {
    ...test,
    port,
    log,
    person,
    agent,
    rest: (path, id = workspaceId) => `/api/v1/workspaces/${id}${path}`,
    send,
    say,
    async ask(method, path, body) {
      const reply = await send({ method, target: path, headers: person, ...(body !== undefined && { body: JSON.stringify(body) }) });
      return { status: reply.status, json: JSON.parse(reply.body) };
    },
    rpc: async (body, headers = {}) =>
      await send({
        method: 'POST',
        target: `/mcp/${workspaceId}`,
        headers: { ...agent(), accept: 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async count() {
      const { tasks, requests, workspaces, rules, agents } = await test.api.call('getBoard', {});
      return tasks.length + requests.length + workspaces.length + rules.length + agents.length;
    },
    async finish() {
      try {
        const computed = await cpuMsOf(async () => assert.equal((await send({})).status, 200));
        assert.ok(computed < 1_000, `the hub is busy: ${computed} ms for one request`);
        assert.deepEqual(failures, []);
        assert.deepEqual(
          log.filter(({ level }) => level === 'error'),
          [],
        );
        const secrets = [hub.userToken, hub.agentToken(workspaceId), readFileSync(join(test.home, 'master-secret'), 'utf8').trim()];
        for (const { line } of log) {
          assert.ok(!secrets.some((secret) => line.includes(secret)), `a secret is in the log: ${line}`);
          assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029\u202e]/u);
        }
      } finally {
        await test.dispose();
      }
    },
  };
  return target;
}

/** The bytes that this process's heap holds for good. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers, external } = process.memoryUsage();
  return heapUsed + arrayBuffers + external;
}

/** Waits until no more than `bytes` are held beyond `before`. */
export async function waitForMemory(before: number, bytes: number): Promise<void> {
  await waitFor(`the memory to come back to ${Math.round(before / 1024)} KiB`, () => heldBytes() - before < bytes);
}
