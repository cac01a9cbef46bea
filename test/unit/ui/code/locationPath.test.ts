import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locationPath } from '../../../../src/ui/code/locationPath.ts';

describe('locationPath', () => {
  const paths: [string, string, string][] = [
    ['/home/ann/web', 'src/app.ts', '/home/ann/web/src/app.ts'],
    ['/home/ann/web', './src//app.ts', '/home/ann/web/src/app.ts'],
    ['/home/ann/web', '../api/app.ts', '/home/ann/api/app.ts'],
    ['/home/ann/web', '../../../../../etc/passwd', '/etc/passwd'],
    ['/home/ann/web', '/home/ann/web/../.ssh/id', '/home/ann/.ssh/id'],
    ['/home/ann/web', '//host/share/x', '/host/share/x'],
    ['/home/ann/web', 'odd\\name.ts', '/home/ann/web/odd\\name.ts'],
    ['/home/ann/web', 'file:///etc/passwd', '/home/ann/web/file:/etc/passwd'],
    ['/c:/web', 'src\\app.ts', '/c:/web/src/app.ts'],
    ['/c:/web', '\\\\host\\share\\x', '/host/share/x'],
    ['/c:/web', 'C:\\web\\src\\app.ts', '/C:/web/src/app.ts'],
  ];
  for (const [folder, file, expected] of paths)
    it(`puts ${file} below ${folder}`, () => assert.equal(locationPath(folder, file), expected));

  it('leaves no step upwards in any path, so that what begins like a folder is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '...'), { maxLength: 12 }), (parts) => {
        for (const folder of ['/w', '/c:/w']) {
          const path = locationPath(folder, parts.join(''));
          assert.ok(path.startsWith('/'));
          for (const part of path.slice(1).split('/')) assert.ok(part !== '.' && part !== '..' && (part !== '' || path === '/'), path);
        }
      }),
    );
  });
});
