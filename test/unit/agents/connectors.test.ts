import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { connectorIds } from '../../../src/agents/connectors.ts';
import { connectorFor, serverName } from '../../../src/agents/connectors.ts';

const target = { url: 'http://127.0.0.1:41837/mcp/0h8b1P7TX5V', token: 'agt_A-b.c~1+/=', workspace: '0h8b1P7TX5V' };
const name = 'agentrq-0h8b1P7TX5V';
const authorization = 'Bearer agt_A-b.c~1+/=';

function entryOf(id: (typeof connectorIds)[number]): unknown {
  const { entry } = connectorFor(id, target);
  assert.equal(entry.format, 'json');
  return JSON.parse(entry.text);
}

/** The words that a POSIX shell makes of the line. */
function words(line: string): string[] {
  return execFileSync('/bin/sh', ['-c', `for word in ${line}; do printf '%s\\n' "$word"; done`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
}

describe('connectors', () => {
  it('name the server as AgentRQ’s gateways expect, without an underscore', () => {
    assert.match(serverName(target.workspace), /^agentrq-[a-zA-Z0-9]{11}$/);
  });

  it('give Claude Code a command and an entry', () => {
    assert.deepEqual(words(connectorFor('claudeCode', target).command ?? ''), [
      'claude',
      'mcp',
      'add',
      '--transport',
      'http',
      name,
      target.url,
      '--header',
      `Authorization: ${authorization}`,
    ]);
    assert.deepEqual(entryOf('claudeCode'), {
      mcpServers: {
        [name]: { type: 'http', url: target.url, headers: { Authorization: authorization }, timeout: 3_600_000, alwaysLoad: true },
      },
    });
  });

  it('give Gemini CLI a command and an entry', () => {
    assert.deepEqual(words(connectorFor('geminiCli', target).command ?? ''), [
      'gemini',
      'mcp',
      'add',
      '--scope',
      'user',
      '--transport',
      'http',
      '--timeout',
      '3600000',
      '--header',
      `Authorization: ${authorization}`,
      name,
      target.url,
    ]);
    assert.deepEqual(entryOf('geminiCli'), {
      mcpServers: { [name]: { httpUrl: target.url, headers: { Authorization: authorization }, timeout: 3_600_000 } },
    });
  });

  it('give VS Code an entry', () => {
    assert.deepEqual(entryOf('vscode'), {
      servers: { [name]: { type: 'http', url: target.url, headers: { Authorization: authorization } } },
    });
  });

  it('give Codex a table of its config', () => {
    const { command, entry } = connectorFor('codex', target);
    assert.equal(command, undefined);
    assert.equal(entry.format, 'toml');
    const [head, ...lines] = entry.text.trimEnd().split('\n');
    assert.equal(head, `[mcp_servers.${name}]`);
    const members = Object.fromEntries(lines.map((line) => line.split(/ = (.*)/s).slice(0, 2)));
    assert.equal(JSON.parse(members['url'] ?? ''), target.url);
    assert.match(members['http_headers'] ?? '', /^\{ "Authorization" = "[^"\\]*" \}$/);
    assert.equal(JSON.parse(/= (".*") \}$/.exec(members['http_headers'] ?? '')?.[1] ?? ''), authorization);
    assert.equal(members['tool_timeout_sec'], '3600');
  });

  it('refuse to put into a command what a shell could misread', () => {
    for (const token of ['a"b', 'a$(id)', 'a`id`', 'a%PATH%', 'a!b', 'a\\', 'a\nb', "a'b"]) {
      assert.throws(() => connectorFor('claudeCode', { ...target, token }), /shell/, token);
      assert.throws(() => connectorFor('geminiCli', { ...target, token }), /shell/, token);
    }
  });

  it('escape in TOML what needs it', () => {
    const { entry } = connectorFor('codex', { ...target, token: 'a"b\\c\u007F\n' });
    assert.match(entry.text, /"Bearer a\\"b\\\\c\\u007F\\n"/);
  });
});
