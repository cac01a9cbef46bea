import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { isInFolder, isOnAnotherMachine, isRooted, isSamePath, systemPath } from '../../../src/util/paths.ts';

/** Every way in which a program of Windows may write the same folder. */
const spellings = [
  'c:\\Users\\me\\proj',
  'C:\\Users\\me\\proj\\',
  'c:/Users/me/proj',
  'C:/users/ME/proj/',
  '/c:/Users/me/proj',
  '/C:/Users/me/proj/',
  '/c/Users/me/proj',
  'c:\\Users\\me\\other\\..\\proj',
  'c:\\Users\\\\me\\.\\proj',
  '\\\\?\\c:\\Users\\me\\proj',
  '//?/C:/Users/me/proj',
  '\\\\.\\C:\\Users\\me\\proj',
];

describe('paths of Windows', () => {
  it('are the same folder in every spelling', () => {
    for (const a of spellings) {
      for (const b of spellings) assert.ok(isSamePath(a, b, 'win32'), `${a} and ${b}`);
      assert.ok(isInFolder(a, '/c/Users/me/proj/src', 'win32'), a);
      assert.ok(!isInFolder(a, 'c:\\Users\\me\\proj2', 'win32'), a);
      assert.ok(!isInFolder(a, 'c:\\Users\\me', 'win32'), a);
      assert.ok(!isInFolder(a, 'd:\\Users\\me\\proj', 'win32'), a);
      assert.ok(isRooted(a, 'win32'), a);
      assert.ok(!isOnAnotherMachine(a, 'win32'), a);
      assert.ok(win32.isAbsolute(systemPath(a, 'win32')), a);
    }
  });

  it('on another machine are the same with and without the long prefix, and on no other share', () => {
    const same = ['\\\\nas\\work\\proj', '//nas/work/proj/', '\\\\NAS\\Work\\proj', '\\\\?\\UNC\\nas\\work\\proj'];
    for (const a of same) {
      for (const b of same) assert.ok(isSamePath(a, b, 'win32'), `${a} and ${b}`);
      assert.ok(isOnAnotherMachine(a, 'win32'), a);
      assert.ok(!isInFolder(a, '\\\\nas\\home\\proj', 'win32'), a);
      assert.ok(!isInFolder(a, '\\\\nas2\\work\\proj', 'win32'), a);
      assert.ok(!isInFolder(a, 'c:\\work\\proj', 'win32'), a);
    }
  });

  it('begin at a drive: its root has all of it, and no other', () => {
    for (const root of ['c:\\', 'C:', '/c', '/c:/', 'c:/']) {
      assert.ok(isInFolder(root, 'c:\\Users', 'win32'), root);
      assert.ok(!isInFolder(root, 'd:\\Users', 'win32'), root);
    }
  });
});

describe('letter case', () => {
  it('tells nothing apart on Windows and macOS, and everything elsewhere', () => {
    assert.ok(isSamePath('/Users/Me/Proj', '/users/me/proj', 'darwin'));
    assert.ok(!isSamePath('/Users/Me/Proj', '/users/me/proj', 'linux'));
  });

  it('is compared with accents in one form on macOS', () => {
    assert.ok(isSamePath('/Users/me/caf\u00e9', '/Users/me/cafe\u0301', 'darwin'));
    assert.ok(!isSamePath('/home/me/caf\u00e9', '/home/me/cafe\u0301', 'linux'));
  });
});

describe('a path in a folder', () => {
  const part = fc.constantFrom('a', 'b', 'a b', '..', '.', '', 'ab', '..a');
  const parts = fc.array(part, { maxLength: 6 });

  it('is what node:path says it is', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        for (const [lib, platform, root] of [
          [posix, 'linux', '/'],
          [win32, 'win32', 'c:\\'],
        ] as const) {
          const [folder, path] = [root + a.join(lib.sep), root + b.join(lib.sep)];
          const way = lib.relative(folder, path);
          const inside = way !== '..' && !way.startsWith(`..${lib.sep}`);
          assert.equal(isInFolder(folder, path, platform), inside, `${folder} ${path}`);
        }
      }),
    );
  });

  it('holds for the folder itself and is carried on', () => {
    fc.assert(
      fc.property(parts, parts, fc.constantFrom('linux', 'darwin', 'win32'), (a, b, platform) => {
        const folder = `/x/${a.join('/')}`;
        assert.ok(isInFolder(folder, folder, platform));
        assert.ok(isInFolder(folder, `${folder}/${b.filter((one) => one !== '..').join('/')}`, platform));
      }),
    );
  });
});
