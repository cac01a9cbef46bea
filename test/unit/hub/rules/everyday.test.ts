import assert from 'node:assert/strict';
import { everydayLines } from './everydayLines.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';

describe('of a hundred everyday lines that read', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
  });
  after(() => workspace.remove());

  it('at least 90 run unasked by the stars that are proposed for them', () => {
    assert.equal(new Set(everydayLines).size, 100);
    const asked = everydayLines.filter((line) => !workspace.runsUnasked(line));
    assert.ok(asked.length <= 10, `asked: ${asked.join('\n')}`);
    assert.deepEqual(asked, [
      'find src -name "*.ts" | xargs grep TODO',
      'find src -name "*.ts" -exec grep -l TODO {} +',
      'grep -v "^#" README.md | grep -v "^$"',
      'rg -i "todo" --glob "!node_modules"',
      'sed -n "1,40p" src/app.ts',
      'which node && node --version',
    ]);
  });
});
