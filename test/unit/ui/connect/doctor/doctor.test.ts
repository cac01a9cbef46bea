import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Agent, Request } from '../../../../../src/protocol/model.ts';
import { waitFor } from '../../../../support/waitFor.ts';
import type { Act } from '../../support/fakePrompts.ts';
import { agent, ago, change, request } from '../../support/fixtures.ts';
import { setUpConnect, token, workspaceId } from '../setUp.ts';

const claude: Act[] = [{ pick: ['Claude Code'] }, { pick: ['Directly'] }, { pick: ['With Hooks'] }, { pick: ['Write 2 Files'] }, 'escape'];
const bridge: Act[] = [
  { pick: ['Claude Code'] },
  { pick: ['Through a Bridge'] },
  { pick: ['Without Hooks'] },
  { pick: ['Write 2 Files'] },
  'escape',
];

const signs: Readonly<Record<string, string>> = {
  pass: '✓',
  error: '✗',
  warning: '!',
  'loading~spin': '…',
  'circle-large-outline': '○',
  'circle-slash': '–',
};

describe('checking a connection', () => {
  let person: ReturnType<typeof setUpConnect>;
  let checking: Promise<void> | undefined;
  beforeEach(() => {
    checking = undefined;
  });
  afterEach(async () => {
    person.connect.dispose();
    await checking;
    person.machine.dispose();
  });

  async function connected(...script: Act[]): Promise<typeof person> {
    person = setUpConnect(...script);
    await person.connect.connectAgent();
    return person;
  }

  /** The list as the user reads it, with lines that were broken put together. */
  function page(): string {
    const { title, placeholder, items } = person.editor.list ?? { title: '', placeholder: '', items: [] };
    const rows = items.map(({ icon, label, description, detail }) =>
      [[signs[icon ?? ''] ?? '', label, description === undefined ? '' : `· ${description}`].join(' ').trim(), detail ?? ''].join('\n'),
    );
    return [title, placeholder, ...rows]
      .join('\n')
      .replaceAll(/\s*\n\s*↪/g, '')
      .replaceAll('\u00A0', '')
      .replaceAll('\n\n', '\n');
  }

  function stop(): void {
    person.editor.take('Stop');
  }

  async function pageHas(text: string): Promise<void> {
    await waitFor(text, () => page().includes(text)).catch((error: unknown) => {
      throw new Error(page(), { cause: error });
    });
  }

  function check(): void {
    checking = person.connect.checkConnection();
  }

  function heard(over: Partial<Agent> = {}): Agent {
    return agent({ workspaceId, ...over });
  }

  function show(payload: Request, agents = [heard()]): void {
    const onBoard = ['open', 'answered', 'delivered'].includes(payload.status) ? [payload] : [];
    const type = payload.status === 'open' ? 'request.created' : 'request.updated';
    person.store.change(change({ type, payload }, person.setBoard({ agents, requests: onBoard })));
  }

  const question = (over: Partial<Request> = {}): Request => request({ workspaceId, question: 'Which colour?', ...over });

  it('says what was seen, step by step, and claims nothing else', async () => {
    const { system, editor, store } = await connected(...claude);
    check();
    await pageHas('Claude Code has not connected yet.');
    for (const line of ['✓ Hub runs', '✓ Entry in', '✓ Node found', '✓ Real call', '✓ Hooks in place']) {
      assert.ok(page().includes(line), line);
    }
    assert.match(page(), /offers 8 tools/);
    assert.match(page(), /^Set up\. Waiting for the agent to connect…$/m);
    assert.match(page(), /^Check Claude Code in shop · 5 of 9 passed$/m);
    assert.doesNotMatch(page(), /arq_\w/);
    const [probed] = system.probed;
    assert.ok(probed?.kind === 'http');
    assert.equal(probed.headers['Authorization'], `Bearer ${token}`, 'the call is made with what is in the file');

    store.replace(person.setBoard({ agents: [heard({ connected: false, lastHeardAt: ago(600) })] }));
    await pageHas('Claude Code is not connected; last active');
    store.replace(person.setBoard({ agents: [heard({ name: 'gemini-cli', id: 'agent000002' })] }));
    await pageHas('Connected under other names: Gemini CLI.');

    store.replace(person.setBoard({ agents: [heard()] }));
    await pageHas('✓ Agent connected');
    assert.equal(editor.list?.active, 'asked', 'what the user can do something about');
    editor.take('Test question asked');
    editor.take('Copy Report');
    await waitFor('two texts to be copied', () => editor.copied.length === 2);
    const [prompt = '-', report = ''] = editor.copied;
    assert.match(prompt, /^Ask me over AgentRQ/);
    assert.ok(report.includes(prompt) && report.includes('## ✓ Hub runs · ok'), report);
    assert.match(page(), /… Test question asked · waiting · → Copy Test Prompt/);
    assert.match(page(), /○ Answer delivered · not yet/);

    show(question());
    await pageHas('… Answered by you · waiting · → Answer');
    editor.take('Answered by you');
    await waitFor('the question to be asked', () => editor.ran.length === 1);
    assert.deepEqual(editor.ran, [{ command: 'agentrq.answerRequest', argument: { requestId: question().id } }]);
    show(question({ status: 'answered' }));
    await pageHas('… Answer delivered · waiting');
    show(question({ status: 'acted' }));
    await checking;
    assert.match(page(), /^Connection works: question asked, answered, delivered\.$/m);
    assert.match(page(), /· 9 of 9 passed$/m);
  });

  it('follows neither an older question nor one of another agent, and waits for a new one when it is withdrawn', async () => {
    const { store } = await connected(...claude);
    const other = heard({ id: 'agent000002', name: 'gemini-cli' });
    store.replace(person.setBoard({ agents: [heard(), other], requests: [question({ id: 'request0000' })] }));
    check();
    await pageHas('… Test question asked · waiting');
    show(question({ id: 'request0000', status: 'delivered' }), [heard(), other]);
    show(question({ id: 'request0003', agentId: other.id }), [heard(), other]);
    assert.match(page(), /… Test question asked · waiting/);
    show(question());
    show(question({ status: 'withdrawn' }));
    await pageHas('It no longer waits for an answer to that question.');
    show(question({ id: 'request0004' }));
    await pageHas('… Answered by you · waiting');
  });

  it('does not claim what it missed while the hub was gone', async () => {
    const { store } = await connected(...claude);
    store.replace(person.setBoard({ agents: [heard()] }));
    check();
    await pageHas('… Test question asked · waiting');
    show(question());
    show(question({ status: 'answered' }));
    store.replace(person.setBoard({ agents: [heard()] }));
    await pageHas('What became of the last question was not seen');
    assert.match(page(), /○ Answer delivered · not yet/);
  });

  it('stops when the user ends it, and says what was not seen', async () => {
    await connected(...claude);
    check();
    await pageHas('… Agent connected · waiting');
    stop();
    await checking;
    assert.match(page(), /– Agent connected · stopped here/);
    assert.match(page(), /– Answer delivered · skipped/);
    assert.match(page(), /Everything checked so far is fine; the rest was not checked/);
  });

  it('goes on in the status bar while it is hidden, is shown again from there, and is over once it has a result and is hidden', async () => {
    const { prompts, editor, store } = await connected(...claude);
    check();
    await pageHas('… Agent connected · waiting');
    editor.list?.hide();
    assert.deepEqual(
      prompts.offered.map(({ text, command }) => [text, command]),
      [['$(sync~spin) Claude Code: waiting for the agent…', 'agentrq.checkConnection']],
    );
    store.replace(person.setBoard({ agents: [heard()] }));
    await waitFor('the offer to follow', () => prompts.offered[0]?.text.endsWith('waiting for a test question…') === true);
    await person.connect.checkConnection();
    assert.deepEqual(prompts.offered, []);
    assert.match(page(), /… Test question asked · waiting/);
    editor.list?.hide();
    show(question());
    show(question({ status: 'acted' }));
    await checking;
    assert.deepEqual(prompts.offered, []);
    assert.equal(prompts.texts.at(-1), 'Claude Code: Connection works: question asked, answered, delivered.');
    check();
    await pageHas('… Test question asked · waiting');
  });

  it('mends what is wrong by Enter in its row, and looks again', async () => {
    const { machine, editor, system } = await connected(...claude);
    const config = join(machine.userHome, '.claude.json');
    const written = machine.text(config);
    machine.put(config, written?.replace(`"agentrq-${workspaceId}"`, '"elsewhere"'));
    check();
    await checking;
    assert.match(page(), /✗ Entry in the agent’s file · failed · → Connect Again/);
    assert.equal(editor.list?.active, 'entry');
    editor.take('Entry in the agent’s file');
    await pageHas('… Agent connected · waiting');
    assert.ok(machine.text(config)?.includes(`"agentrq-${workspaceId}"`));
    stop();
    await pageHas('– Agent connected · stopped here');

    machine.put(config, written?.replace('"type"', 'type'));
    editor.take('Check Again');
    await pageHas('✗ Entry in the agent’s file · failed · → Open File');
    editor.take('Entry in the agent’s file');
    await waitFor('the file to be opened', () => editor.files.includes(config));
    machine.put(config, written);

    system.programs = { claudeCode: '/usr/bin/claude' };
    editor.take('Check Again');
    await pageHas('… Agent connected · waiting · → Start It in a Terminal');
    editor.take('Agent connected');
    await waitFor('it to be started', () => editor.started.length === 1);
    assert.deepEqual(editor.started, [['Claude Code', '/usr/bin/claude', machine.project]]);
  });

  it('warns of versions of Claude Code that do not report in the editor, if it has hooks', async () => {
    for (const [script, version, warned] of [
      [claude, '2.1.232', true],
      [claude, '2.0.300', true],
      [claude, '2.1.233', false],
      [claude, '3.0.0', false],
      [claude, 'nightly', false],
      [bridge, '2.1.232', false],
    ] as const) {
      const { store, machine } = await connected(...script);
      store.replace(person.setBoard({ agents: [heard({ version })] }));
      check();
      await pageHas('Claude Code is connected');
      assert.equal(page().includes('Update it.'), warned, version);
      stop();
      await checking;
      machine.dispose();
    }
  });

  it('says what is wrong with the entry, and neither calls nor waits then', async () => {
    for (const [from, to, expected] of [
      ['127.0.0.1:41837', '127.0.0.1:5555', /points to http:\/\/127\.0\.0\.1:5555.*but the hub’s address is http:\/\/127\.0\.0\.1:41837/],
      [token, `arq_${workspaceId}_other`, /holds another token than the hub takes/],
      [`"agentrq-${workspaceId}"`, '"elsewhere"', /has no entry of AgentRQ any more/],
      ['"type": "http"', '"disabled": true', /is switched off/],
      ['"type"', 'type', /can’t be read: line/],
    ] as const) {
      const { machine, system } = await connected(...claude);
      const config = join(machine.userHome, '.claude.json');
      machine.put(config, machine.text(config)?.replace(from, to));
      check();
      await checking;
      assert.match(page(), expected);
      assert.match(page(), /✗ Entry in/);
      assert.match(page(), /– Agent connected · skipped/);
      assert.match(page(), /There is a problem/);
      assert.doesNotMatch(page(), /arq_\w/);
      assert.deepEqual(system.probed, []);
      machine.dispose();
    }
  });

  it('starts nothing that AgentRQ did not write', async () => {
    const { machine, system } = await connected(...bridge);
    const config = join(machine.userHome, '.claude.json');
    machine.put(config, machine.text(config)?.replace('"node"', '"rm"'));
    check();
    await checking;
    assert.match(page(), /no longer the one that AgentRQ wrote/);
    assert.deepEqual(system.probed, []);
  });

  it('says so if the call fails, Node is missing or too old, or hooks are gone', async () => {
    const refused = await connected(...claude);
    refused.system.answer = { kind: 'refused', reason: 'it answers 401: no' };
    check();
    await checking;
    assert.match(page(), /✗ Real call.*\n.*It was refused: it answers 401: no/);
    assert.match(page(), /– Agent connected · skipped/);
    refused.machine.dispose();

    const without = await connected(...bridge);
    without.system.node = undefined;
    check();
    await checking;
    assert.match(page(), /✗ Node found · failed · → Get Node\n.*No “node” is on the PATH/);
    without.system.node = { path: '/usr/bin/node', version: '16.20.0' };
    check();
    await checking;
    assert.match(page(), /is Node 16\.20\.0, which is too old/);
    without.machine.dispose();

    const { machine } = await connected(...claude);
    const hooks = join(machine.project, '.claude', 'settings.local.json');
    machine.put(hooks, machine.text(hooks)?.replace('"Stop"', '"Start"'));
    check();
    await pageHas('Claude Code has not connected yet.');
    const [, found, wanted] = /✗ Hooks in place · failed · → Connect Again\n.*has (\d+) of (\d+) hooks/.exec(page()) ?? assert.fail(page());
    assert.equal(Number(wanted) - Number(found), 1);
  });

  it('warns of a proxy that the agent may go through, but not where a bridge goes past it', async () => {
    await connected(...claude);
    person.machine.env = { HTTP_PROXY: 'http://me:secret@proxy.example:3128' };
    check();
    await pageHas('through the proxy http://proxy.example:3128');
    assert.match(page(), /Add 127\.0\.0\.1 to NO_PROXY, or connect the agent through a bridge/);
    person.machine.dispose();
    await connected(...bridge);
    person.machine.env = { HTTP_PROXY: 'http://proxy.example:3128' };
    check();
    await pageHas('starts the bridge');
    assert.doesNotMatch(page(), /NO_PROXY/);
  });

  it('says so if NODE_OPTIONS names what is gone', async () => {
    await connected(...bridge);
    person.machine.env = { NODE_OPTIONS: '--require /gone/bootloader.js' };
    check();
    await pageHas('NODE_OPTIONS names /gone/bootloader.js, which is gone');
  });

  it('says so if nothing is connected', async () => {
    person = setUpConnect();
    await person.connect.checkConnection();
    assert.match(person.prompts.texts.at(-1) ?? '', /has connected no agent on this machine yet/);
  });
});
