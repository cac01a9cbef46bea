import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHookFlags } from '../../../../src/hub/hooks/hookFlags.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { startTestService } from '../../../support/testService.ts';

describe('what hooks know by a file', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'agentrq-flags-'));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('is put right by the next change where a file could not be taken away', () => {
    const { context, agents, workspaceId } = startTestService();
    const flags = createHookFlags({ context, home, log: nullLog });
    const file = join(home, 'quiet', workspaceId);
    const { id } = agents.heard(workspaceId, { name: 'claude-code' });
    assert.ok(existsSync(file));
    // A folder in its place is not taken away.
    rmSync(file);
    mkdirSync(file);
    agents.noteExternalPrompt(id, 'It asks you a question.');
    rmdirSync(file);
    writeFileSync(file, '');
    agents.noteExternalPrompt(id, 'It asks you another question.');
    assert.ok(!existsSync(file));
    flags.dispose();
  });
});
