import assert from 'node:assert/strict';
import { agentName, authorName, workspaceName } from '../../../../src/ui/text/displayNames.ts';
import type { L10n } from '../../../../src/ui/text/l10n.ts';
import { board, english, workspace } from '../support/fixtures.ts';

const nameOf = (name: string, l10n: L10n = english): string => agentName({ name }, l10n);

describe('agentName', () => {
  it('is what the agent calls itself, or what is known better', () => {
    for (const [name, expected] of [
      ['claude-code', 'Claude Code'],
      ['codex-mcp-client', 'Codex'],
      ['gemini-cli-mcp-client', 'Gemini CLI'],
      ['github-copilot-developer', 'Copilot'],
      ['cursor-vscode', 'Cursor'],
      ['@cline/core', 'Cline'],
      ['opencode', 'opencode'],
      ['Cursor', 'Cursor'],
      ['Yuki', 'Yuki'],
      ['youtube-agent', 'youtube-agent'],
      ['System76', 'System76'],
      ['Mehmet', 'Mehmet'],
      ['智能体', '智能体'],
      ['', 'An agent'],
    ] as const)
      assert.equal(nameOf(name), expected);
  });

  it('never reads like the user or the product', () => {
    for (const name of [
      'You',
      'you',
      'YOU',
      ' You ',
      'You (in the panel)',
      'You: approved',
      'Yоu',
      'Υοu',
      'Ｙｏｕ',
      'You\u200B',
      'Y\u00ADou',
      '\u202EuoY\u202C You',
      'Y\u0301ou',
      'y0u',
      'y-o-u',
      'System',
      'АgentRQ',
      'VS Code',
      'Visual Studio Code',
      'the one · decided by you',
      'Claude” · you “',
    ])
      assert.match(nameOf(name), /^Agent “[^“”·]*”$/, name);
  });

  it('says that it is an agent beside the words of the user', () => {
    for (const [name, expected] of [
      ['Cursor', 'Agent Cursor'],
      ['You', 'Agent “You”'],
      ['', 'An agent'],
    ] as const)
      assert.equal(authorName({ name }, english), expected);
  });

  it('nor in another language', () => {
    const chinese: L10n = { t: (text, ...args) => (text === 'You' ? '您' : english.t(text, ...args)) };
    assert.equal(nameOf('您', chinese), 'Agent “您”');
    assert.equal(nameOf('您'), '您');
  });
});

describe('workspaceName', () => {
  it('is unlike that of every other workspace of the board, so that nothing is decided about the wrong one', () => {
    const client = workspace({ id: 'workspace01', name: 'app', folder: 'file:///code/client/app' });
    const server = workspace({ id: 'workspace02', name: 'app', folder: 'file:///code/server/app' });
    assert.equal(workspaceName(board({ workspaces: [client] }), client.id), 'app');
    const both = board({ workspaces: [client, server] });
    assert.deepEqual(
      [client, server].map(({ id }) => workspaceName(both, id)),
      ['client/app', 'server/app'],
    );
    assert.equal(workspaceName(both, 'workspace03'), 'workspace03');
  });
});
