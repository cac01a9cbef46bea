import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldersOf } from '../../../src/hub/service/folders.ts';
import { noteFolder } from '../../../src/hub/service/movedFolders.ts';
import { createTask } from '../../../src/hub/service/tasks.ts';
import { openWorkspace } from '../../../src/hub/service/workspaces.ts';
import { startTestService } from '../../support/testService.ts';

describe('whether a folder is one that was renamed', () => {
  type Marks = Readonly<Record<string, string | undefined>>;

  /** A machine on which folders come and go: a path without a mark is there, and one that isn't named is gone. */
  function setUp() {
    const { context } = startTestService();
    let marks: Marks = {};
    const machine = {
      ...context,
      folders: {
        ...context.folders,
        markOf: async (path: string) => marks[path],
        isGone: async (path: string) => !(path in marks),
      },
    };
    const open = (path: string): string => openWorkspace(machine, { name: path.slice(1), description: '', folder: `file://${path}` }).id;
    const note = async (path: string): Promise<string | undefined> => (await noteFolder(machine, open(path)))?.name;
    const work = async (path: string): Promise<void> => {
      createTask(machine, { workspaceId: open(path), title: 'Work', body: '', assignee: 'agent', createdBy: 'human' });
      await note(path);
    };
    return { machine, note, work, become: (next: Marks) => (marks = next) };
  }

  it('is decided by what it is known by, and by the former path being gone', async () => {
    const { note, work, become } = setUp();
    become({ '/shop': 'a' });
    await work('/shop');
    become({ '/shop': 'a', '/alias': 'a', '/copy': 'b' });
    assert.deepEqual([await note('/alias'), await note('/copy')], [undefined, undefined]);
    become({ '/store': 'a' });
    assert.equal(await note('/store'), 'shop');
    become({ '/shop': 'c', '/store': 'a' });
    assert.equal(await note('/store'), undefined, 'another folder has the former path');
  });

  it('is never said where it can’t be known, or where the former one holds nothing', async () => {
    const { note, work, become } = setUp();
    become({ '/net': undefined });
    await work('/net');
    become({ '/other': undefined });
    assert.equal(await note('/other'), undefined);
    become({ '/empty': 'a' });
    await note('/empty');
    become({ '/store': 'a' });
    assert.equal(await note('/store'), undefined);
  });

  it('goes by the device, the number and the birth of the folder, which stay as they are under any name', async () => {
    const root = mkdtempSync(join(tmpdir(), 'agentrq-marks-'));
    const [before, after] = [join(root, 'shop'), join(root, 'store')];
    mkdirSync(before);
    const { dev, ino, birthtimeNs } = statSync(before, { bigint: true });
    const here = foldersOf(process.platform);
    assert.equal(await here.markOf(before), `${dev} ${ino} ${birthtimeNs}`);
    renameSync(before, after);
    assert.deepEqual([await here.isGone(before), await here.isGone(after)], [true, false]);
    assert.equal(await here.markOf(after), `${dev} ${ino} ${birthtimeNs}`);
    rmSync(root, { recursive: true });
  });

  it('is not looked up for a name without a folder, or on another machine', async () => {
    const { machine } = setUp();
    assert.equal(await noteFolder(machine, openWorkspace(machine, { name: 'default', description: '' }).id), undefined);
    const windows = foldersOf('win32');
    assert.deepEqual([await windows.markOf('//nas/shop'), await windows.isGone('//nas/shop')], [undefined, false]);
    const here = foldersOf(process.platform);
    assert.deepEqual([await here.markOf(import.meta.filename), await here.isGone(import.meta.filename)], [undefined, false]);
    assert.equal(await here.isGone(`${import.meta.filename}/below`), true);
  });
});
