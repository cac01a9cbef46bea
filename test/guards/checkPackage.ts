import { matchesGlob } from 'node:path';

/** What the package has to hold: files as they are, or as many as match. */
const needed = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  'package.nls.json',
  'dist/answer.cjs',
  'dist/bridge.cjs',
  'dist/cli.cjs',
  'dist/code.cjs',
  'dist/connect.cjs',
  'dist/doctor.cjs',
  'dist/decisions.cjs',
  'dist/checkThread.cjs',
  'dist/checkpointThread.cjs',
  'dist/dialogs.cjs',
  'dist/extension.cjs',
  'dist/hook.cjs',
  'dist/hub.cjs',
  'dist/links.cjs',
  'dist/notices.cjs',
  'dist/notifications.cjs',
  'dist/opencode.mjs',
  'dist/panel.cjs',
  'dist/panelPage.css',
  'dist/panelPage.js',
  'dist/inboxPage.css',
  'dist/inboxPage.js',
  'dist/kanban.cjs',
  'dist/needsYou.cjs',
  'dist/kanbanPage.css',
  'dist/kanbanPage.js',
  'dist/practiceAgent.cjs',
  'dist/send.cjs',
  'dist/tasks.cjs',
  'dist/wire.cjs',
  'l10n/bundle.l10n.json',
  'l10n/bundle.l10n.zh-cn.json',
  'package.nls.zh-cn.json',
  'media/agentrq-dark.svg',
  'media/agentrq-light.svg',
  'media/agentrq.svg',
  'media/agentrq.woff',
];

/** What it may hold besides. */
const allowed = ['l10n/bundle.l10n.*.json', 'package.nls.*.json', 'media/icon.png', 'media/walkthrough/*.svg'];

/** What is wrong with the files of the package, a sentence each. */
export function checkPackage(files: readonly string[]): string[] {
  return [
    ...needed.filter((path) => !files.includes(path)).map((path) => `the package lacks ${path}`),
    ...files
      .filter((path) => !needed.includes(path) && !allowed.some((glob) => matchesGlob(path, glob)))
      .map((path) => `the package holds ${path}`),
  ];
}
