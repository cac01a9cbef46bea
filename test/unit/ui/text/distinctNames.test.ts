import assert from 'node:assert/strict';
import fc from 'fast-check';
import { distinctNames } from '../../../../src/ui/text/distinctNames.ts';

type Named = { id: string; name: string; folder?: string };

describe('names of workspaces', () => {
  const namesOf = (...workspaces: Named[]): string[] => [...distinctNames(workspaces)].map(([, name]) => name);
  const at = (folder: string, name = folder.split('/').at(-1) ?? ''): Named => ({ id: folder, name, folder: `file://${folder}` });
  const long = (end: string): string => `the-shop-of-the-people-next-door-with-the-garden-${end}`;

  const cases: readonly (readonly [what: string, workspaces: readonly Named[], names: readonly string[]])[] = [
    ['are those of the folders if no two are the same', [at('/code/shop'), at('/code/docs')], ['shop', 'docs']],
    [
      'say the folder above for those of one name',
      [at('/code/client/app'), at('/code/server/app'), at('/code/docs')],
      ['client/app', 'server/app', 'docs'],
    ],
    ['say more folders if need be', [at('/a/client/app'), at('/b/client/app')], ['a/client/app', 'b/client/app']],
    ['say the folder above only where there is one', [{ id: '1', name: 'app' }, at('/client/app')], ['app', 'client/app']],
    [
      'keep the end if they begin the same',
      [at(`/code/${long('api')}`), at(`/code/${long('web')}`)],
      ['the-shop-of-the-peo…with-the-garden-api', 'the-shop-of-the-peo…with-the-garden-web'],
    ],
    ['show every character', [at('/a%20b/\u202Eapp'), at('/c/\u202Eapp')], ['a b/\\u202Eapp', 'c/\\u202Eapp']],
    [
      'are ids at worst',
      [
        { id: '1', name: 'app' },
        { id: '2', name: 'app' },
        { id: '3', name: ' ' },
      ],
      ['app (1)', 'app (2)', '3'],
    ],
    [
      'never take the name that another one has',
      [at('/client/app'), at('/server/app'), { id: '3', name: 'client/app' }],
      ['app (/client/app)', 'server/app', 'client/app'],
    ],
  ];

  for (const [what, workspaces, names] of cases) it(what, () => assert.deepEqual(namesOf(...workspaces).toSorted(), names.toSorted()));

  it('are all there and all different, whatever the folders are', () => {
    const part = fc.constantFrom('app', 'App', 'client', 'server', long('api'), long('web'), '\u200B', 'a b', '%');
    const folder = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(folder, { maxLength: 8 }), (folders) => {
        const workspaces = folders.map((each, index) => ({ ...at(each), id: `workspace${index}` }));
        const names = distinctNames(workspaces);
        assert.deepEqual(new Set(names.keys()), new Set(workspaces.map(({ id }) => id)));
        assert.equal(new Set(names.values()).size, workspaces.length);
      }),
    );
  });
});
