import assert from 'node:assert/strict';
import { type Finding, lintFiles } from './lintFiles.ts';

// Who may import whom, and what else the linter is there for. Every line below is written into the file it names, all of them are
// linted with the project's own rules, and each has to be reported, or not.

const imports = 'eslint(no-restricted-imports)';

/** Lines of a file that have to be reported, by the rule that does it. */
const planted: [path: string, rule: string, lines: string[]][] = [
  [
    'src/util/planted.ts',
    imports,
    [
      "export { ids } from '../protocol/ids.ts';",
      "export type { Task } from '../protocol/model.ts';",
      "export { needs } from '../client/needs.ts';",
      "export { hub } from '../hub/hub.ts';",
      "export { readFileSync } from 'node:fs';",
      "export { window } from 'vscode';",
      "export { string } from 'zod/mini';",
    ],
  ],
  [
    'src/protocol/planted.ts',
    imports,
    [
      "import * as z from 'zod';",
      "export { readFileSync } from 'node:fs';",
      "export type { Hub } from '../hub/hub.ts';",
      "export { needs } from '../client/needs.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { serverEntries } from '../agents/config/serverEntry.ts';",
      "export { window } from 'vscode';",
      "export { EventSource } from 'eventsource';",
    ],
  ],
  [
    'src/protocol/model/planted.ts',
    imports,
    [
      "import * as z from 'zod';",
      "export { ruleOperations } from '../operations/ruleOperations.ts';",
      "export type { Hub } from '../../hub/hub.ts';",
      "export { readFileSync } from 'node:fs';",
    ],
  ],
  [
    'src/home/planted.ts',
    imports,
    [
      "export { hub } from '../hub/hub.ts';",
      "export { needs } from '../client/needs.ts';",
      "export { serverEntries } from '../agents/config/serverEntry.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { window } from 'vscode';",
      "import * as z from 'zod/mini';",
    ],
  ],
  [
    'src/hub/planted.ts',
    imports,
    [
      "export { needs } from '../client/needs.ts';",
      "export type { Board } from '../client/board.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { serverEntries } from '../agents/config/serverEntry.ts';",
      "export { activate } from '../extension.ts';",
      "export { window } from 'vscode';",
      "export { EventSource } from 'eventsource';",
      "export { Client } from '@modelcontextprotocol/client';",
      "export { Server } from '@modelcontextprotocol/sdk/server/index.js';",
      "import * as z from 'zod/mini';",
    ],
  ],
  [
    'src/hub/mcp/planted.ts',
    imports,
    [
      "export { needs } from '../../client/needs.ts';",
      "export type { Board } from '../../client/board.ts';",
      "export { watchSettings } from '../../ui/settings.ts';",
      "export { serverEntries } from '../../agents/config/serverEntry.ts';",
      "export { activate } from '../../extension.ts';",
      "export const load = () => import('../../client/hubApi.ts');",
      "export { window } from 'vscode';",
      "export { Client } from '@modelcontextprotocol/client';",
    ],
  ],
  [
    'src/hub/mcp/tasks/planted.ts',
    imports,
    [
      "export { watchSettings } from '../../../ui/settings.ts';",
      "export type { Board } from '../../../client/board.ts';",
      "export { readFileSync } from 'node:fs';",
      "export { Client } from '@modelcontextprotocol/client';",
    ],
  ],
  [
    'src/hub/service/planted.ts',
    imports,
    [
      "export { createListeners } from '../channels/listeners.ts';",
      "export { findDialect } from '../hooks/dialects/findDialect.ts';",
      "export { createRest } from '../http/rest.ts';",
      "export { createToolServer } from '../mcp/tools/toolServer.ts';",
      "export { createWakes } from '../wake/createWakes.ts';",
      "export { McpServer } from '@modelcontextprotocol/server';",
    ],
  ],
  [
    'src/hub/storage/recovery/planted.ts',
    imports,
    [
      "export { pages } from '../../../ui/pages.ts';",
      "export type { Board } from '../../../client/board.ts';",
      "export { Client } from '@modelcontextprotocol/client';",
    ],
  ],
  [
    'src/hub/rules/git/planted.ts',
    imports,
    [
      "import * as z from 'zod';",
      "export { store } from '../../storage/store.ts';",
      "export { watchSettings } from '../../../ui/settings.ts';",
    ],
  ],
  [
    'src/ui/notifications/core/planted.ts',
    imports,
    [
      "export { readFrame } from '../../../client/wire.ts';",
      "export { watchSettings } from '../../settings.ts';",
      "export { toastOf } from '../toastOf.ts';",
      "export { prompts } from '../../shell/prompts.ts';",
      "export type { Hub } from '../../../hub/hub.ts';",
      "export { readFileSync } from 'node:fs';",
      "export { window } from 'vscode';",
    ],
  ],
  [
    'src/client/planted.ts',
    imports,
    [
      "export { hub } from '../hub/hub.ts';",
      "export type { FromWorker } from '../hub/workerMessages.ts';",
      "export const load = () => import('../hub/hub.ts');",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { serverEntries } from '../agents/config/serverEntry.ts';",
      "export { activate } from '../extension.ts';",
      "export { readFrame } from './wire.ts';",
      "export const loadWire = () => import('./wire.ts');",
      "import * as z from 'zod';",
      "import * as mini from 'zod/mini';",
      "export { window } from 'vscode';",
      "export { readFileSync } from 'node:fs';",
      "export { McpServer } from '@modelcontextprotocol/server';",
    ],
  ],
  ['src/client/loadWire.ts', imports, ["export { hub } from '../hub/hub.ts';", "export { readFrame } from './readFrame.ts';"]],
  [
    'src/ui/planted.ts',
    imports,
    [
      "export { hub } from '../hub/hub.ts';",
      "export type { FromWorker } from '../hub/workerMessages.ts';",
      "export { createHubThread } from '../host/hubThread.ts';",
      "export { activate } from '../extension.ts';",
      "export { readFrame } from '../client/wire.ts';",
      "export const load = () => import('../client/wire.ts');",
      "import * as z from 'zod';",
      "import * as mini from 'zod/mini';",
      "export { readFileSync } from 'node:fs';",
      "export { EventSource } from 'eventsource';",
    ],
  ],
  [
    'src/ui/needsYou/planted.ts',
    imports,
    [
      "export { hub } from '../../hub/hub.ts';",
      "export type { FromWorker } from '../../hub/workerMessages.ts';",
      "export { createHubThread } from '../../host/hubThread.ts';",
      "export { readFrame } from '../../client/wire.ts';",
      "import * as z from 'zod';",
      "export { readFileSync } from 'node:fs';",
    ],
  ],
  [
    'src/ui/answer/planted.ts',
    imports,
    [
      "export { createTaskPages } from '../panel/panel.ts';",
      "export type { TaskPanel } from '../panel/taskPanel.ts';",
      "export const load = () => import('../dialogs/dialogs.ts');",
      "export { registerUi } from '../registerUi.ts';",
      "export { registerPanel } from '../panel/register.ts';",
      "export { runDoctor } from '../connect/doctor/runDoctor.ts';",
    ],
  ],
  [
    'src/ui/text/planted.ts',
    imports,
    [
      "export { window } from 'vscode';",
      "export type { Memory } from '../shell/memory.ts';",
      "export type { Row } from '../tree/row.ts';",
      "export type { Pages } from '../panel/api.ts';",
    ],
  ],
  [
    'src/ui/card/planted.ts',
    imports,
    [
      "export { window } from 'vscode';",
      "export type { Pages } from '../panel/api.ts';",
      "export type { Memory } from '../shell/memory.ts';",
      "export { cardBody } from '../../webview/card/cardView.ts';",
    ],
  ],
  [
    'src/ui/shell/planted.ts',
    imports,
    [
      "export type { Pages } from '../panel/api.ts';",
      "export type { Row } from '../tree/row.ts';",
      "export { registerUi } from '../registerUi.ts';",
    ],
  ],
  [
    'src/ui/tree/planted.ts',
    imports,
    ["export type { Tasks } from '../tasks/api.ts';", "export { pageHtml } from '../frame/pageHtml.ts';"],
  ],
  [
    'src/ui/frame/planted.ts',
    imports,
    ["export type { Memory } from '../shell/memory.ts';", "export type { Pages } from '../panel/api.ts';"],
  ],
  [
    'src/ui/connect/doctor/planted.ts',
    imports,
    ["export { window } from 'vscode';", "export type { Pages } from '../../panel/api.ts';", "export { hub } from '../../../hub/hub.ts';"],
  ],
  [
    'src/ui/panel/planted.ts',
    imports,
    [
      "export { hub } from '../../hub/hub.ts';",
      "export { parsePatch } from 'diff';",
      "export { cleanHtml } from '../../webview/card/cleanHtml.ts';",
    ],
  ],
  ['src/ui/panel/readPatch.ts', imports, ["export { window } from 'vscode';", "export { watchSettings } from '../settings.ts';"]],
  [
    'src/webview/panel/planted.ts',
    imports,
    [
      "export { visibleText } from '../../ui/text/visibleText.ts';",
      "export { needs } from '../../client/needs.ts';",
      "export { hub } from '../../hub/hub.ts';",
      "export { serverEntries } from '../../agents/config/serverEntry.ts';",
      "export { window } from 'vscode';",
      "export { readFileSync } from 'node:fs';",
      "export { parsePatch } from 'diff';",
      "import * as mini from 'zod/mini';",
    ],
  ],
  [
    'src/agents/planted.ts',
    imports,
    [
      "export { hub } from '../hub/hub.ts';",
      "export { needs } from '../client/needs.ts';",
      "export type { Board } from '../client/board.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { window } from 'vscode';",
      "export { McpServer } from '@modelcontextprotocol/server';",
      "export { EventSource } from 'eventsource';",
    ],
  ],
  [
    'src/agents/bridge/planted.ts',
    imports,
    [
      "export { hub } from '../../hub/hub.ts';",
      "export { openSecret } from '../../hub/identity/homeFolder.ts';",
      "export { needs } from '../../client/needs.ts';",
      "export { watchSettings } from '../../ui/settings.ts';",
      "export { activate } from '../../extension.ts';",
      "export { Client } from '@modelcontextprotocol/sdk/client/index.js';",
      "import * as mini from 'zod/mini';",
    ],
  ],
  [
    'src/extension.ts',
    imports,
    [
      "export { hub } from './hub/hub.ts';",
      "export const load = () => import('./hub/worker.ts');",
      "export { readFrame } from './client/wire.ts';",
      "export const loadWire = () => import('./client/wire.ts');",
      "import * as z from 'zod/mini';",
      "export { EventSource } from 'eventsource';",
    ],
  ],
  [
    'src/host/hubThread.ts',
    imports,
    [
      "export { hub } from '../hub/hub.ts';",
      "export type { Hub } from '../hub/hub.ts';",
      "export { isOurs } from '../hub/workerMessages.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { window } from 'vscode';",
    ],
  ],
  [
    'src/cli.ts',
    imports,
    [
      "export { hub } from './hub/hub.ts';",
      "export const load = () => import('./hub/hub.ts');",
      "export { watchSettings } from './ui/settings.ts';",
      "export { window } from 'vscode';",
    ],
  ],
  [
    'src/planted.ts',
    imports,
    ["export { hub } from './hub/hub.ts';", "export { watchSettings } from './ui/settings.ts';", "export { window } from 'vscode';"],
  ],
  [
    'src/host/planted.ts',
    imports,
    [
      "export { startHub } from '../hub/hub.ts';",
      "export { watchSettings } from '../ui/settings.ts';",
      "export { readFrame } from '../client/wire.ts';",
      "export { window } from 'vscode';",
    ],
  ],
  ['src/newFolder/planted.ts', imports, ["export { needs } from '../client/needs.ts';", "export { window } from 'vscode';"]],
  [
    'test/unit/planted.test.ts',
    imports,
    ["export { McpServer } from '@modelcontextprotocol/server';", "export { EventSource } from 'eventsource';"],
  ],
  ['test/conformance/planted.ts', imports, ["export { McpServer } from '@modelcontextprotocol/server';"]],
  ['test/conformance/fixtures/planted.ts', imports, ["export { EventSource } from 'eventsource';"]],
  ['src/hub/zod.ts', 'unicorn(import-style)', ["import { z } from 'zod';", "import zod from 'zod';", "export { string } from 'zod';"]],
  ['src/protocol/zod.ts', 'unicorn(import-style)', ["import { string } from 'zod/mini';"]],
  ['test/unit/zod.test.ts', 'unicorn(import-style)', ["import { z } from 'zod';"]],
  ['src/client/typeImport.ts', 'typescript(consistent-type-imports)', ["export type Hub = typeof import('../hub/hub.ts');"]],
  ['src/client/templateImport.ts', 'import(no-dynamic-require)', ['export const load = (name: string) => import(`../hub/${name}.ts`);']],
  ['src/client/require.ts', 'typescript(no-require-imports)', ["import hub = require('../hub/hub.ts');"]],
  ['src/hub/one.ts', 'import(no-cycle)', ["export { two } from './two.ts';"]],
  ['src/hub/two.ts', 'import(no-cycle)', ["export { one } from './one.ts';"]],
  ['src/hub/floating.ts', 'typescript(no-floating-promises)', ['export function go(work: () => Promise<void>): void { work(); }']],
  [
    'src/hub/misused.ts',
    'typescript(no-misused-promises)',
    ['export const go = (work: () => Promise<void>): void => ["a"].forEach(async () => { await work(); });'],
  ],
  [
    'src/hub/switch.ts',
    'typescript(switch-exhaustiveness-check)',
    ["export function go(kind: 'a' | 'b'): void { switch (kind) { case 'a': break; } }"],
  ],
  ['src/hub/any.ts', 'typescript(no-explicit-any)', ['export const anything: any = 1;']],
  ['src/hub/ignore.ts', 'typescript(ban-ts-comment)', ['// @ts-ignore']],
];

/** Lines that must not be reported. */
const sound: [path: string, lines: string[]][] = [
  ['src/util/sound.ts', ["export { describeError } from './errors.ts';"]],
  [
    'src/protocol/sound.ts',
    [
      "import * as z from 'zod/mini';",
      "export { ids } from './ids.ts';",
      "export { describeError } from '../util/errors.ts';",
      'export const text = z.string();',
    ],
  ],
  [
    'src/hub/sound.ts',
    [
      "import * as z from 'zod';",
      "export { McpServer } from '@modelcontextprotocol/server';",
      "export { join } from 'node:path';",
      "export { ids } from '../protocol/ids.ts';",
      "export { agentToken } from '../home/agentToken.ts';",
      "export { openStore } from './storage/store.ts';",
      'export const text = z.string();',
    ],
  ],
  [
    'src/hub/mcp/sound.ts',
    [
      "export { TrieRouter } from 'hono/router/trie-router';",
      "export { describeError } from '../../util/errors.ts';",
      "export { createTokens } from '../identity/tokens.ts';",
      "export { findTask } from '../service/lookup.ts';",
      "export { toolCall } from './tools/toolCall.ts';",
    ],
  ],
  [
    'src/hub/mcp/tools/sound.ts',
    [
      "export { McpServer } from '@modelcontextprotocol/server';",
      "export { describeError } from '../../../util/errors.ts';",
      "export { findTask } from '../../service/lookup.ts';",
      "export { sessions } from '../legacy/sessions.ts';",
      "export { openCall } from '../openCall.ts';",
    ],
  ],
  [
    'src/hub/service/sound.ts',
    [
      "export { createEventLog } from '../log/eventLog.ts';",
      "export { allowedBy } from '../rules/allowedBy.ts';",
      "export { ids } from '../../protocol/ids.ts';",
    ],
  ],
  [
    'src/client/sound.ts',
    [
      "export { EventSource } from 'eventsource';",
      "export { loadWire } from './loadWire.ts';",
      "export { ids } from '../protocol/ids.ts';",
    ],
  ],
  ['src/client/wire.ts', ["export { operations } from '../protocol/operations.ts';", "export { buildCall } from './buildCall.ts';"]],
  [
    'src/ui/needsYou/sound.ts',
    [
      "export { window } from 'vscode';",
      "export { watchSettings } from '../settings.ts';",
      "export { truncate } from '../text/truncate.ts';",
      "export { RowTreeView } from '../tree/rowTreeView.ts';",
      "export type { UiContext } from '../shell/context.ts';",
      "export { pageHtml } from '../frame/pageHtml.ts';",
      "export type { Pages } from '../panel/api.ts';",
      "export type { Board } from '../../client/board.ts';",
      "export { serverEntries } from '../../agents/config/serverEntry.ts';",
    ],
  ],
  [
    'src/ui/sound.ts',
    ["export * as vscode from 'vscode';", "export { command } from './shell/command.ts';", "export { needs } from '../client/needs.ts';"],
  ],
  [
    'src/webview/panel/sound.ts',
    [
      "export { html } from 'lit-html';",
      "export { live } from 'lit-html/directives/live.js';",
      "export type { Row } from '../../protocol/toPanelPage.ts';",
      "export { parsePlace } from '../../protocol/codePlace.ts';",
    ],
  ],
  [
    'src/agents/sound.ts',
    [
      "export { Client } from '@modelcontextprotocol/client';",
      "export { readFileSync } from 'node:fs';",
      "export { ids } from '../protocol/ids.ts';",
      "export { agentToken } from '../home/agentToken.ts';",
    ],
  ],
  [
    'src/agents/bridge/sound.ts',
    [
      "export { createParser } from 'eventsource-parser';",
      "export { request } from 'node:http';",
      "export { sendToHub } from '../sendToHub.ts';",
      "export { agentToken } from '../../home/agentToken.ts';",
      "export { describeError } from '../../util/errors.ts';",
    ],
  ],
  [
    'src/home/sound.ts',
    [
      "export { createHmac } from 'node:crypto';",
      "export { discovery } from '../protocol/discovery.ts';",
      "export { describeError } from '../util/errors.ts';",
    ],
  ],
  [
    'test/support/sound.ts',
    [
      "export { startHub } from '../../src/hub/hub.ts';",
      "export { Client } from '@modelcontextprotocol/client';",
      "export { readFrame } from '../../src/client/wire.ts';",
    ],
  ],
  ['test/conformance/fixtures/sound.ts', ["export { McpServer } from '@modelcontextprotocol/server';"]],
];

describe('the linter', () => {
  let findings: Finding[];

  before(async () => {
    const lines = new Map<string, string[]>();
    for (const [path, , text] of planted) lines.set(path, text);
    for (const [path, text] of sound) lines.set(path, text);
    findings = await lintFiles(new Map([...lines].map(([path, text]) => [path, `${text.join('\n')}\n`])));
  });

  for (const [path, rule, lines] of planted) {
    lines.forEach((text, index) => {
      it(`reports in ${path}: ${text}`, () => {
        const found = findings.filter((finding) => finding.path === path && finding.line === index + 1);
        assert.ok(
          found.some((finding) => finding.rule === rule),
          `${rule} did not report it, only ${JSON.stringify(found)}`,
        );
      });
    });
  }

  for (const [path] of sound) {
    it(`has nothing to say about what ${path} may import`, () => {
      assert.deepEqual(
        findings.filter((finding) => finding.path === path),
        [],
      );
    });
  }
});
