import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// The editor waits for a promise that `activate` returns, and for whatever that waits for. So it returns none.

/** The problem with how `activate` is declared in this text, if there is one. */
function checkActivate(text: string): string | undefined {
  const [, kind, result] = /^export (\S[\w ]*) activate\([^)]*\)(?:: ([^{]+))?/m.exec(text) ?? [];
  if (kind !== 'function') return 'activate is no plain function';
  return result === undefined || /\b(?:Promise|Thenable|PromiseLike|any|unknown)\b/.test(result)
    ? 'activate may return a promise'
    : undefined;
}

describe('activate', () => {
  it('lets the editor wait for nothing', () => {
    assert.equal(checkActivate(readFileSync(join(import.meta.dirname, '../../src/extension.ts'), 'utf8')), undefined);
  });

  for (const line of [
    'export async function activate(context: ExtensionContext): Promise<AgentRqApi> {',
    'export function activate(context: ExtensionContext): Thenable<AgentRqApi> {',
    'export function activate(context: ExtensionContext): AgentRqApi | Promise<AgentRqApi> {',
    'export function activate(context: ExtensionContext) {',
    'export const activate = async (context: ExtensionContext): Promise<void> => {',
  ])
    it(`would not pass: ${line}`, () => {
      assert.match(checkActivate(`// activate\n${line}\n`) ?? '', /activate/);
    });
});
