import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../../src/host/runProgram.ts';

describe('a program that the user sets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agentrq-program-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const script = 'require("node:fs").writeFileSync(process.argv[1], JSON.stringify(process.argv.slice(2)))';

  it('gets each argument as it is, without a shell', async () => {
    const file = join(folder, 'arguments.json');
    const given = ['$(id)', '`id`', '; rm -rf /', '"\'', '%PATH%', 'a  b\nc', '*'];
    await runProgram([process.execPath, '-e', script, file, ...given]);
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), given);
  });

  it('that is not there, or does not end well, is a failure that says so', async () => {
    await assert.rejects(runProgram([join(folder, 'nothing')]), /ENOENT/);
    await assert.rejects(runProgram([process.execPath, '-e', 'process.exit(3)']), /ended with 3/);
    await assert.rejects(runProgram([process.execPath, '-e', 'process.kill(process.pid, "SIGTERM")']), /SIGTERM/);
  });
});
