import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsPage } from '../../scripts/docs/commandsPage.ts';
import { generateDocs } from '../../scripts/docs/generateDocs.ts';
import type { Manifest, Texts } from '../../scripts/docs/manifest.ts';
import { withPart } from '../../scripts/docs/markedPart.ts';
import { openApi } from '../../scripts/docs/openApi.ts';
import { readOperations } from '../../scripts/docs/readOperations.ts';
import { restTable } from '../../scripts/docs/restTable.ts';
import { settingsPage } from '../../scripts/docs/settingsPage.ts';
import { root } from '../../scripts/suites.ts';
import { operations } from '../../src/protocol/operations.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The documents that are not what the code says. */
function outdated(made: ReadonlyMap<string, string>, text: (path: string) => string): string[] {
  return [...made].filter(([path, expected]) => text(path) !== expected).map(([path]) => `${path} is out of date: npm run docs`);
}

describe('the documents that are made of the code', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const texts = JSON.parse(read('package.nls.json')) as Texts;
  const named = readOperations();
  let made: ReadonlyMap<string, string>;

  before(async () => {
    made = await generateDocs();
  });

  it('are up to date', () => assert.deepEqual(outdated(made, read), []));

  it('would not pass with a line that somebody has written by hand, in any of them', () => {
    for (const path of made.keys()) {
      const planted = read(path).replace(/notifications|Answer|Finds/, 'Planted');
      assert.notEqual(planted, read(path), path);
      assert.deepEqual(
        outdated(made, (one) => (one === path ? planted : read(one))),
        [`${path} is out of date: npm run docs`],
      );
    }
  });

  it('would change with a setting, a command and an operation', async () => {
    const text = JSON.stringify(manifest);
    const otherDefault = JSON.parse(text.replace('"default":23837', '"default":23838')) as Manifest;
    assert.notEqual(settingsPage(otherDefault, texts), settingsPage(manifest, texts));
    const otherTitle = { ...texts, 'command.openTask': 'Show Task' };
    assert.match(commandsPage(manifest, otherTitle), /\*\*Show Task\*\*/);
    const others = named.map((one) => (one.name === 'getTask' ? { ...one, status: 299, comment: 'Planted.' } : one));
    assert.match(restTable(others), /Planted\./);
    assert.match(JSON.stringify(await openApi(others)), /"299".*/);
  });

  it('name every operation, and say what it does', async () => {
    assert.deepEqual(
      named.map(({ name }) => name),
      Object.keys(operations),
    );
    assert.deepEqual(
      named.filter(({ comment }) => comment === '').map(({ name }) => name),
      [],
    );
    const { paths } = (await openApi(named)) as { paths: Record<string, Record<string, { operationId: string }>> };
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    assert.equal(new Set(ids).size, ids.length, 'no two have one id');
    for (const { name } of named) assert.ok(ids.includes(name), name);
  });

  it('refer to no schema that is not there', async () => {
    const document = await openApi(named);
    const { schemas } = document['components'] as { schemas: Record<string, unknown> };
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    assert.deepEqual(
      references.filter((name) => !(name in schemas)),
      [],
    );
    assert.ok(['Task', 'Request', 'StreamMessage'].every((name) => references.includes(name)));
    for (const [name, schema] of Object.entries(schemas)) {
      assert.notEqual((schema as { $ref?: string }).$ref, `#/components/schemas/${name}`, `${name} is more than itself`);
    }
  });

  it('have a place for what is made', () => {
    assert.throws(() => withPart('# Settings', 'settings', ''), /no place for settings/);
  });
});
