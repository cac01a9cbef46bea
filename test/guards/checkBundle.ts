// What each bundle may weigh and may not hold. A part that is loaded when it is needed stays out of the others.

interface BundleRule {
  below: number;
  /** Packages, and files or folders of ours. */
  without: readonly string[];
}

const mcp = ['@modelcontextprotocol/', 'hono'];

/** By file name, like the bundles. */
export const bundleRules: Readonly<Record<string, BundleRule>> = {
  'extension.cjs': {
    below: 90_000,
    without: [
      ...mcp,
      'zod',
      'eventsource',
      'eventsource-parser',
      'jsonc-parser',
      'toml-eslint-parser',
      'src/hub/',
      'src/client/wire.ts',
      'src/ui/connect/bundle.ts',
      'src/ui/connect/doctor/',
      'src/ui/answer/answering.ts',
      'src/ui/answer/answerFlow.ts',
      'src/ui/code/codeThreads.ts',
      'src/ui/decisions/decisions.ts',
      'src/ui/dialogs/dialogs.ts',
      'src/ui/documents/',
      'src/ui/needsYou/cardsPage.ts',
      'src/ui/needsYou/needsYou.ts',
      'src/ui/needsYou/requestPages.ts',
      'src/ui/kanban/kanban.ts',
      'src/ui/links/links.ts',
      'src/ui/notices/notices.ts',
      'src/ui/notifications/core/step.ts',
      'src/ui/notifications/notifications.ts',
      'src/ui/panel/panel.ts',
      'src/ui/panel/panelStrings.ts',
      'src/ui/panel/taskPanel.ts',
      'src/ui/rules/',
      'src/ui/send/send.ts',
      'src/ui/send/sendFlow.ts',
      'src/ui/tasks/taskActions.ts',
      'src/ui/tasks/tasks.ts',
      'src/agents/config/',
    ],
  },
  'wire.cjs': { below: 60_000, without: [...mcp, 'src/hub/', 'src/ui/', 'src/agents/'] },
  'doctor.cjs': {
    below: 40_000,
    without: [...mcp, 'zod', 'eventsource', 'jsonc-parser', 'toml-eslint-parser', 'src/hub/', 'src/client/wire.ts'],
  },
  'connect.cjs': { below: 160_000, without: [...mcp, 'eventsource', 'src/hub/', 'src/client/wire.ts'] },
  'notifications.cjs': { below: 38_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'answer.cjs': {
    below: 54_000,
    without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/', 'src/ui/dialogs/dialogs.ts'],
  },
  'dialogs.cjs': { below: 20_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/', 'src/ui/connect/'] },
  'links.cjs': { below: 15_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'decisions.cjs': { below: 20_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'notices.cjs': { below: 10_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'send.cjs': { below: 30_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'tasks.cjs': { below: 44_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts'] },
  'panel.cjs': { below: 125_000, without: [...mcp, 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/agents/', 'src/ui/connect/'] },
  'panelPage.js': { below: 320_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/', 'src/ui/', 'src/agents/'] },
  'panelPage.css': { below: 15_000, without: ['src/ui/'] },
  'kanban.cjs': { below: 60_000, without: [...mcp, 'eventsource', 'src/hub/', 'src/client/wire.ts'] },
  'kanbanPage.js': { below: 40_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/', 'src/ui/', 'src/agents/'] },
  'kanbanPage.css': { below: 15_000, without: ['src/ui/'] },
  'needsYou.cjs': {
    below: 89_000,
    without: [...mcp, 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/agents/', 'src/ui/connect/', 'src/ui/panel/panel.ts'],
  },
  'inboxPage.js': { below: 310_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/', 'src/ui/', 'src/agents/'] },
  'inboxPage.css': { below: 15_000, without: ['src/ui/'] },
  'code.cjs': { below: 30_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/wire.ts', 'src/ui/connect/'] },
  'hub.cjs': { below: 720_000, without: ['@modelcontextprotocol/client', 'eventsource', 'src/client/', 'src/ui/', 'src/agents/'] },
  'checkThread.cjs': { below: 10_000, without: ['src/protocol/', 'src/hub/service/'] },
  'checkpointThread.cjs': { below: 10_000, without: ['src/protocol/', 'src/hub/service/'] },
  'practiceAgent.cjs': { below: 550_000, without: ['@modelcontextprotocol/server', 'hono', 'src/hub/', 'src/client/', 'src/ui/'] },
  'bridge.cjs': { below: 40_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/client/', 'src/ui/'] },
  'hook.cjs': { below: 10_000, without: [...mcp, 'zod', 'eventsource-parser', 'src/hub/', 'src/client/', 'src/ui/', 'src/agents/bridge/'] },
  'opencode.mjs': {
    below: 10_000,
    without: [...mcp, 'zod', 'eventsource-parser', 'src/home/', 'src/hub/', 'src/client/', 'src/ui/', 'src/agents/bridge/'],
  },
  'cli.cjs': { below: 20_000, without: [...mcp, 'zod', 'eventsource', 'src/hub/', 'src/ui/', 'src/client/wire.ts'] },
};

/** What is wrong with a bundle, a sentence each. */
export function checkBundle(name: string, { bytes, inputs }: { bytes: number; inputs: readonly string[] }): string[] {
  const rule = bundleRules[name];
  if (rule === undefined) return [`nothing says what ${name} may weigh`];
  const problems = rule.without.flatMap((part) => {
    const path = part.startsWith('src/') ? part : `node_modules/${part}${part.endsWith('/') ? '' : '/'}`;
    const input = inputs.find((each) => each.startsWith(path) || each.includes(`/${path}`));
    return input === undefined ? [] : [`${name} holds ${part} (${input})`];
  });
  if (bytes >= rule.below) problems.push(`${name} has ${bytes} bytes, not below ${rule.below}`);
  return problems;
}
