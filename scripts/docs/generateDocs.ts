import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { streamMessageSchema } from '../../src/protocol/events.ts';
import { root } from '../suites.ts';
import { commandsPage } from './commandsPage.ts';
import type { Manifest, Texts } from './manifest.ts';
import { withPart } from './markedPart.ts';
import { openApi } from './openApi.ts';
import { type NamedOperation, readOperations } from './readOperations.ts';
import { restTable } from './restTable.ts';
import { settingsPage } from './settingsPage.ts';

/** Every file that is made, whole or in part, as it should be: its text by its path. */
export async function generateDocs(): Promise<Map<string, string>> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const texts = JSON.parse(read('package.nls.json')) as Texts;
  const operations = readOperations();
  return new Map([
    ['docs/openapi.json', `${JSON.stringify(await openApi(operations), null, 2)}\n`],
    ['docs/settings.md', withPart(read('docs/settings.md'), 'settings', settingsPage(manifest, texts))],
    ['docs/commands.md', withPart(read('docs/commands.md'), 'commands', commandsPage(manifest, texts))],
    ['docs/rest.md', restPage(read('docs/rest.md'), operations)],
  ]);
}

function restPage(page: string, operations: readonly NamedOperation[]): string {
  const usage = execFileSync(process.execPath, ['--no-warnings', 'src/cli.ts', '--help'], { cwd: root, encoding: 'utf8' });
  const events = eventTypes().map((type) => `- \`${type}\``);
  const withOptions = withPart(page, 'options', `\`\`\`\n${usage.trim()}\n\`\`\``);
  return withPart(withPart(withOptions, 'events', events.join('\n')), 'operations', restTable(operations));
}

/** What an event of the stream may be. */
function eventTypes(): string[] {
  return streamMessageSchema.def.options.flatMap((option) => option.shape.type.def.values);
}
