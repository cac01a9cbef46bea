import assert from 'node:assert/strict';
import type { Product } from '../support/product.ts';
import { type AgentAddress, connectAgent, type Era, type TestAgent } from '../support/testAgent.ts';
import type { OpenWorkbenchOptions } from '../support/workbench/openWorkbench.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { late } from './late.ts';
import { leaveTraces } from './leaveTraces.ts';
import { beginProduct, beginUninstalled, editorTrouble } from './sharedEditor.ts';

/** How long calls of agents wait: nearly as long as a test may take. What their users do in the workbench takes long on a busy machine. */
const waitSeconds = 280;

/** How a suite begins. */
export interface SuiteOptions {
  /** The name of an agent that is connected when the first test begins. */
  readonly agent?: string;
  /** How it speaks MCP; `modern` by default. */
  readonly era?: Era;
  /** The file that is open then, of those in the folder. */
  readonly file?: string;
  /** Settings of the user. */
  readonly settings?: Record<string, unknown>;
  readonly window?: OpenWorkbenchOptions;
  /** Errors in the console are what it is about. */
  readonly errorsAreMeant?: boolean;
  /** The packed extension is not installed yet. It takes a VS Code of its own. */
  readonly isNotInstalled?: boolean;
  /** What is to be there before the window opens. */
  readonly prepare?: (product: Product) => void | Promise<void>;
}

/** What the tests of a suite have in their hands: all of it once the first one begins. */
export interface SuiteTools {
  readonly product: Product;
  readonly window: Workbench;
  /** The agent that the options name. */
  readonly agent: TestAgent;
  /** Another agent of the folder; it is closed with the suite. */
  connect(name: string, era?: Era): Promise<TestAgent>;
  /** Puts a task on the board that the agent works on. @returns its id */
  newTask(title: string, body?: string): Promise<string>;
  /** The agent asks for permission to run a command. @returns the verdict as the agent reads it */
  permit(command: string, more?: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/**
 * Tests of the workbench with a user, a folder, a hub and a window of their own, on the VS Code and in the browser of all suites. After
 * each test no toast is left; a test that fails leaves a picture and the last lines of the log behind.
 */
export function workbenchSuite(title: string, options: SuiteOptions, define: (tools: SuiteTools) => void): void {
  describe(title, () => {
    let product: Product | undefined;
    let window: Workbench | undefined;
    let address: AgentAddress | undefined;
    const agents: TestAgent[] = [];
    let uses = 0;

    async function begin(): Promise<void> {
      const isOwn = options.isNotInstalled === true;
      product = await (isOwn ? beginUninstalled() : beginProduct(title, options.settings ?? {}));
      await options.prepare?.(product);
      window = await product.open(options.window);
      if (options.file !== undefined) await window.openFile(options.file);
      if (!isOwn) await window.openView('AgentRQ');
      if (options.agent !== undefined) await connect(options.agent, options.era);
    }

    async function connect(name: string, era: Era = 'modern'): Promise<TestAgent> {
      address ??= await there(product).agentAddress();
      const agent = await connectAgent(era, address, name, waitSeconds);
      agents.push(agent);
      return agent;
    }

    before(async () => {
      await begin().catch(async (error: unknown) => {
        await leaveTraces({ suite: title, test: 'begin', error, window, product });
        throw error;
      });
    });

    after(async () => {
      await Promise.all(agents.map((agent) => agent.close().catch(() => undefined)));
      await product?.dispose();
    });

    afterEach(async function () {
      const test = this.currentTest;
      const failed = test?.isFailed() === true;
      if (failed) await leaveTraces({ suite: title, test: test.title, error: test.err, window, product });
      // The rest of the suite can't run then; the next one starts VS Code anew.
      const trouble = editorTrouble();
      if (trouble !== undefined) throw new Error(trouble);
      if (window?.page.isClosed() !== false) return;
      if (failed) await window.leaveAll();
      await window.dismissToasts();
    });

    const agent = late(() => agents[0]);
    define({
      product: late(() => product),
      window: late(() => window),
      agent,
      connect,
      async newTask(name, body = 'In the workbench.') {
        const taskId = await agent.createTask(name, body);
        await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
        return taskId;
      },
      async permit(command, more = {}) {
        uses += 1;
        const use = { tool_name: 'Bash', input: { command }, tool_use_id: `use-${uses}`, ...more };
        const { text } = await agent.call('requestPermission', use);
        return JSON.parse(text) as Record<string, unknown>;
      },
    });

    if (options.errorsAreMeant === true) return;
    it('leaves no error of its own in the console', () => {
      assert.deepEqual(
        there(window).errors.unexpected.filter((line) => /agentrq/i.test(line)),
        [],
      );
    });
  });
}

function there<T>(value: T | undefined): T {
  return value ?? assert.fail('the suite has not begun');
}
