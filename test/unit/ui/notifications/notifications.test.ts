import assert from 'node:assert/strict';
import { untilTurnedOff } from '../../../../src/ui/notifications/api.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { agent, ago, board, change as changeOf, message, now, permission, request, task, workspaceId } from '../support/fixtures.ts';
import { openWindow } from './window.ts';

const minute = 60_000;

describe('attention in a window', () => {
  it('sends the choice that was pressed, and says no more', async () => {
    const { ask, sent, prompts } = openWindow({}, { press: 'Yes' });
    await ask({ choices: ['Yes', 'No'] });
    assert.deepEqual(sent(), [{ name: 'answerRequest', input: { workspaceId, requestId: 'request0001', choices: ['Yes'] } }]);
    assert.equal(prompts.shown.length, 1);
  });

  it('goes on after a failure of its own, which the log tells', async () => {
    const { ask, prompts, pages, lines } = openWindow({});
    const inFront = pages.inFront;
    pages.inFront = () => {
      throw new Error('no tabs');
    };
    await ask();
    assert.equal(prompts.shown.length, 0);
    assert.match(lines.join('\n'), /the input arrived of the notifications failed: no tabs/);
    pages.inFront = inFront;
    await ask({ id: 'request0002' });
    assert.notEqual(prompts.shown.length, 0, 'notifications had died');
  });

  it('waits until it has settled, and claims it for this window', async () => {
    const { ask, api, prompts, happen, clock, settled } = openWindow({});
    happen({ type: 'request.created', payload: request() }, board({ requests: [request()] }));
    clock.advance(199);
    await settled();
    assert.deepEqual(api.calls, []);
    clock.advance(1);
    await settled();
    const id = `request:request0001:${request().updatedAt}`;
    assert.deepEqual(api.calls, [{ name: 'claimAnnouncement', input: { id, windowId: 'this-window' } }]);
    assert.equal(prompts.shown.length, 1);
    await ask({ id: 'request0002' });
    assert.equal(prompts.shown.length, 2);
  });

  it('says nothing of what another window announces', async () => {
    const { ask, prompts, pass } = openWindow({ granted: false });
    await ask();
    await pass(minute);
    assert.deepEqual(prompts.shown, []);
  });

  it('asks for the answer, and opens the page', async () => {
    const { ask, sent, pages } = openWindow({}, { press: 'Answer…' }, { type: 'Yes.' }, { press: 'Open' });
    await ask();
    assert.equal(sent().length, 1);
    await ask({ id: 'request0002' });
    assert.deepEqual(pages.opened, ['request0002']);
  });

  it('replies to a message, and opens its task', async () => {
    const reply = openWindow({}, { press: 'Reply…' }, { type: 'Thanks.' });
    await reply.tell();
    assert.deepEqual(reply.sent()[0]?.input, { workspaceId, taskId: 'task0000001', text: 'Thanks.', key: 'a-random-id' });
    const open = openWindow({}, { press: 'Open' });
    await open.tell();
    assert.deepEqual(open.pages.opened, ['task0000001']);
  });

  it('leaves the task alone that no longer exists, and says so', async () => {
    const { tell, prompts, store } = openWindow({});
    prompts.will({ meanwhile: () => store.replace(board({ tasks: [] })), then: { press: 'Reply…' } });
    await tell();
    assert.match(prompts.texts[1] ?? '', /no longer exists/);
  });

  it('announces nothing of the task that is in front of the user, in a window that they look at', async () => {
    const here = openWindow({ inFront: 'task0000001' });
    await here.tell();
    await here.ask();
    assert.deepEqual(here.prompts.shown, []);
    assert.deepEqual(
      here.api.calls.map(({ name }) => name),
      ['claimAnnouncement', 'claimAnnouncement'],
    );
    const elsewhere = openWindow({ inFront: 'task0000001', focused: false });
    await elsewhere.ask();
    assert.equal(elsewhere.prompts.shown.length, 1);
    const another = openWindow({ inFront: 'task0000002' });
    await another.ask();
    assert.equal(another.prompts.shown.length, 1);
  });

  it('shows each question once, and at the start none that waited before', async () => {
    const { ask, prompts, store } = openWindow({ before: { requests: [request({ id: 'request0000' })] } });
    await ask();
    await ask();
    store.replace({ ...board({ requests: [request({ id: 'request0000' }), request()] }), cursor: { epoch: 'e', number: 3 } });
    await ask();
    assert.equal(prompts.shown.length, 1);
  });

  it('tells in one digest what came while the hub was away', async () => {
    const { store, prompts, pass, needs } = openWindow({}, { press: 'Answer 2' }, 'escape');
    store.setLink({ kind: 'waiting', reason: 'gone', delayMs: 1_000 });
    await pass(10_000);
    store.setLink({ kind: 'live' });
    const requests = [request(), request({ id: 'request0002' })];
    store.replace({ ...board({ requests }), cursor: { epoch: 'e', number: 9 } });
    await pass(2_000);
    assert.equal(prompts.texts[0], 'From Claude Code: 2 questions.');
    assert.match(prompts.texts[1] ?? '', /\(1 of 2\)$/, 'its button begins the round');
    assert.deepEqual(needs, []);
  });

  it('does nothing when it is closed', async () => {
    const { ask, sent, pages } = openWindow({}, 'escape');
    await ask();
    assert.deepEqual([sent(), pages.opened], [[], []]);
  });

  it('takes a late press, does no harm, and says so', async () => {
    const { ask, sent, prompts, store, pages } = openWindow({});
    const answered = (): void => store.replace(board({ requests: [request({ status: 'answered' })] }));
    prompts.will({ meanwhile: answered, then: { press: 'Yes' } });
    await ask({ choices: ['Yes'] });
    assert.deepEqual(sent(), []);
    assert.match(prompts.texts[1] ?? '', /already answered elsewhere.*Nothing was sent/);
    prompts.will({ meanwhile: () => store.replace(board()), then: { press: 'Open' } });
    await ask({ id: 'request0002' });
    assert.deepEqual(pages.opened, ['request0002'], 'what it was about can still be read');
  });

  it('sends the verdict that was pressed, and asks for one where not all can be shown', async () => {
    const script = [{ press: 'Allow Once' }, { press: 'Deny' }, { press: 'More…' }, 'escape', { press: 'Review…' }, 'escape'] as const;
    const { permit, sent, prompts } = openWindow({}, ...script);
    for (const id of ['request0001', 'request0002', 'request0003']) await permit({}, { id });
    await permit({ input: '{"command":"npm test\\nnpm publish"}' }, { id: 'request0004' });
    assert.deepEqual(
      sent().map((call) => call.input),
      [
        { workspaceId, requestId: 'request0001', decision: 'allow' },
        { workspaceId, requestId: 'request0002', decision: 'deny' },
      ],
    );
    assert.equal(prompts.shown.filter(({ kind }) => kind === 'pick').length, 2);
  });

  it('asks once more when the agent wants something else by now, or it more often, than what the toast says', async () => {
    const { permit, sent, prompts, store } = openWindow({});
    const change = (): void => store.replace(board({ requests: [permission({ uses: 2 })] }));
    prompts.will({ meanwhile: change, then: { press: 'Allow Once' } });
    await permit();
    assert.deepEqual(sent(), []);
    assert.match(prompts.texts[1] ?? '', /changed its request meanwhile\. Nothing was sent/);
    assert.equal(prompts.texts[2], 'Claude Code wants to run a command (2 times) · Fix the login');
  });

  it('takes a verdict that comes after the agent has stopped waiting', async () => {
    const { permit, sent, prompts, store } = openWindow({});
    const payload = permission({}, { status: 'expired' });
    prompts.will({ meanwhile: () => store.change(changeOf({ type: 'request.updated', payload }, board())), then: { press: 'Allow Once' } });
    await permit();
    assert.deepEqual(
      sent().map((call) => call.input),
      [{ workspaceId, requestId: 'request0001', decision: 'allow' }],
    );
  });

  it('takes a late verdict for nothing', async () => {
    const { permit, sent, prompts, store } = openWindow({});
    prompts.will({ meanwhile: () => store.replace(board()), then: { press: 'Allow Once' } });
    await permit();
    assert.deepEqual(sent(), []);
    assert.match(prompts.texts[1] ?? '', /the agent no longer waits for it\. Nothing was sent/);
  });

  it('says once that an agent waits in its own window, and not at all when it goes on meanwhile', async () => {
    const { happen, prompts, pass, store } = openWindow({});
    const waits = agent({ waitsElsewhere: { text: 'Bash: npm publish', at: '2026-11-22T12:00:00.000Z' } });
    for (let time = 0; time < 2; time += 1) happen({ type: 'agent.updated', payload: waits }, board({ agents: [waits] }));
    await pass(2_000);
    const again = { ...waits, waitsElsewhere: { text: 'Edit', at: '2026-11-22T12:01:00.000Z' } };
    happen({ type: 'agent.updated', payload: again }, board({ agents: [again] }));
    store.replace(board());
    await pass(2_000);
    assert.deepEqual(prompts.texts, ['Claude Code is waiting in its own window: Bash: npm publish']);
  });

  it('tells what an agent has finished, and nothing of what the user has', async () => {
    const { happen, prompts, pass } = openWindow({});
    const done = task({ status: 'completed' });
    happen({ type: 'task.updated', payload: done }, board({ tasks: [done] }));
    await pass(2_000);
    assert.deepEqual(prompts.texts, []);
    const note = message({ id: 'message0002', kind: 'status', text: 'Status updated to: completed' });
    happen({ type: 'message.created', payload: note }, board({ tasks: [done] }));
    await pass(2_000);
    assert.deepEqual(prompts.texts, ['✓ Claude Code finished “Fix the login”']);
  });

  it('does not tell of a message that the user has answered by then', async () => {
    const { happen, prompts, pass, store, act } = openWindow({});
    happen({ type: 'message.created', payload: message() }, store.board);
    act({ kind: 'typed' });
    await pass(2_000);
    happen({ type: 'message.created', payload: message({ id: 'message0002', sender: 'human' }) }, store.board);
    await pass(minute);
    assert.deepEqual(prompts.shown, []);
  });

  it('keeps the next one back until what the first one led to is over', async () => {
    const { happen, prompts, pass } = openWindow({}, { press: 'Answer…' }, { type: 'Yes.' });
    const requests = [request(), request({ id: 'request0002', question: 'And then?' })];
    for (const payload of requests) happen({ type: 'request.created', payload }, board({ requests }));
    await pass(3_000);
    assert.deepEqual(
      prompts.shown.map(({ kind }) => kind),
      ['toast', 'input', 'toast'],
    );
  });

  it('reports what fails', async () => {
    const api = new FakeHubApi({ claimAnnouncement: () => ({ granted: true }) });
    const { ask, failures } = openWindow({ api }, { press: 'Yes' });
    await ask({ choices: ['Yes'] });
    assert.match(String(failures[0]), /no answer to answerRequest/);
  });

  it('notes a claim that fails, and goes on trying', async () => {
    const { ask, lines, prompts, pass, api } = openWindow({ api: new FakeHubApi() });
    await ask();
    await pass(6_000);
    assert.equal(api.calls.length, 2);
    assert.match(lines.join('\n'), /request0001.* could not be claimed/);
    assert.deepEqual(prompts.shown, []);
  });

  it('is silent once it is disposed', async () => {
    const { ask, prompts, attention } = openWindow({});
    attention.dispose();
    await ask();
    assert.equal(prompts.shown.length, 0);
  });
});

describe('coming back to a window', () => {
  const tasks = [
    task({ id: 'task0000001', status: 'completed', updatedAt: ago(120) }),
    task({ id: 'task0000002', status: 'completed', updatedAt: ago(60) }),
    task({ id: 'task0000003', status: 'completed', updatedAt: ago(30) }),
    task({ id: 'task0000004', status: 'completed', updatedAt: ago(3_600) }),
    task({ id: 'task0000005', status: 'blocked', updatedAt: ago(22 * 60) }),
  ];

  it('brings one digest, and Show leads to what waits', async () => {
    const { prompts, pass, needs } = openWindow({ before: { tasks }, seenAt: now - 30 * minute }, { press: 'Show' });
    await pass(minute);
    assert.deepEqual(prompts.texts, ['While you were away: 3 finished, 1 blocked for 22 min.']);
    assert.deepEqual(needs, ['shown']);
  });

  it('says nothing after a reload, nor when there is nothing to say', async () => {
    for (const given of [
      { before: { tasks }, seenAt: now - minute },
      { before: { tasks } },
      { before: { tasks: [] }, seenAt: now - 60 * minute },
    ]) {
      const { prompts, pass } = openWindow(given);
      await pass(minute);
      assert.deepEqual(prompts.texts, []);
    }
  });

  it('goes by when the user was last in any window', async () => {
    const { prompts, pass, focus, memory } = openWindow({ before: { tasks }, seenAt: now });
    focus(false);
    await pass(2 * minute);
    focus(true);
    await pass(minute);
    assert.deepEqual(prompts.texts, []);
    focus(false);
    await pass(6 * minute);
    memory.stored.set('agentrq.seenAt', now + 8 * minute);
    focus(true);
    await pass(minute);
    assert.deepEqual(prompts.texts, [], 'they were in another one a minute ago');
    focus(false);
    await pass(6 * minute);
    focus(true);
    await pass(minute);
    assert.equal(prompts.texts.length, 1);
  });

  it('does not count what is silent', async () => {
    const { prompts, pass } = openWindow({ before: { tasks }, seenAt: now - 30 * minute, policy: { kinds: { finished: 'silent' } } });
    await pass(minute);
    assert.deepEqual(prompts.texts, ['While you were away: 1 blocked for 30 min.'.replace('30', '22')]);
  });

  it('offers to snooze', async () => {
    const { prompts, pass, doNotDisturb } = openWindow(
      { before: { tasks }, seenAt: now - 30 * minute },
      { press: 'Snooze…' },
      { pick: ['Until I Turn It Off'] },
    );
    await pass(minute);
    assert.equal(prompts.texts.length, 3);
    assert.equal(doNotDisturb.until, untilTurnedOff);
  });
});

describe('Do Not Disturb', () => {
  it('keeps everything back, and tells of it in one digest at its end', async () => {
    const { attention, prompts, pass, happen, clock } = openWindow({}, { pick: ['For 15 Minutes'] });
    await attention.snooze();
    const requests = [request(), request({ id: 'request0002' })];
    for (const payload of requests) happen({ type: 'request.created', payload }, board({ requests }));
    await pass(14 * minute);
    assert.deepEqual(prompts.texts, ['Snooze Notifications', 'Notifications are snoozed.']);
    await pass(2 * minute);
    assert.deepEqual(prompts.texts.slice(2), ['From Claude Code: 2 questions.']);
    assert.ok(clock.now() > now);
  });

  it('is the same in every window, and ends by hand', async () => {
    const { attention, memory, doNotDisturb, prompts, ask, focus, pass } = openWindow({}, { pick: ['Turn Off'] });
    memory.stored.set('agentrq.quietUntil', untilTurnedOff);
    focus(true);
    await ask();
    assert.deepEqual(prompts.shown, []);
    await attention.snooze();
    assert.equal(doNotDisturb.until, 0);
    await pass(2_000);
    assert.deepEqual(prompts.texts.toSorted(), [
      'Claude Code asks: Deploy to staging?',
      'Notifications are on again.',
      'Snooze Notifications',
    ]);
  });

  it('lasts until eight in the morning, where the user is', async () => {
    const { attention, doNotDisturb } = openWindow({}, { pick: ['Until Tomorrow'] });
    await attention.snooze();
    const end = new Date(doNotDisturb.until);
    assert.deepEqual([end.getHours(), end.getMinutes()], [8, 0]);
    assert.ok(doNotDisturb.until > now && doNotDisturb.until <= now + 33 * 60 * minute);
  });
});

describe('the command of the user', () => {
  const command = ['notify-send', '${title}', '${text}', '--urgency', '${kind}', 'as ${text} is'];

  it('is run with what is announced while nobody looks', async () => {
    const { ask, ran } = openWindow({ focused: false, command });
    await ask();
    assert.deepEqual(ran, [['notify-send', 'AgentRQ', 'Claude Code asks: Deploy to staging?', '--urgency', 'question', 'as ${text} is']]);
  });

  it('is not run while the user looks, nor if none is set', async () => {
    for (const given of [{ command }, { focused: false }]) {
      const { ask, ran } = openWindow(given);
      await ask();
      assert.deepEqual(ran, []);
    }
  });

  it('that fails is told and logged once', async () => {
    const runs = () => Promise.reject(new Error('no such program'));
    const { ask, prompts, lines, ran } = openWindow({ focused: false, command, runs });
    await ask();
    await ask({ id: 'request0002' });
    assert.equal(ran.length, 2);
    assert.equal(prompts.texts.filter((text) => /“agentrq\.attention\.command” failed: no such program/.test(text)).length, 1);
    assert.equal(lines.filter((line) => line.includes('no such program')).length, 1);
  });
});

describe('the sound', () => {
  const policy = { kinds: { question: 'toastAndSound' } } as const;

  it('is the one that the user has set, once for each toast', async () => {
    const { ask, ran, tell } = openWindow({ policy, soundCommand: ['my-player', 'ping.wav'] });
    await tell();
    assert.deepEqual(ran, []);
    await ask();
    assert.deepEqual(ran, [['my-player', 'ping.wav']]);
  });

  it('is otherwise that of the system, by the first program that is there', async () => {
    const runs = async ([program]: readonly string[]): Promise<void> => {
      if (program !== 'paplay') throw new Error(`spawn ${program} ENOENT`);
    };
    for (const [platform, programs] of [
      ['linux', ['canberra-gtk-play', 'pw-play', 'paplay']],
      ['darwin', ['afplay']],
      ['win32', ['powershell.exe']],
    ] as const) {
      const { ask, ran } = openWindow({ policy, platform, runs });
      await ask();
      assert.deepEqual(
        ran.map(([program]) => program),
        programs,
      );
    }
  });

  it('that cannot be played is told once, with the next step', async () => {
    const runs = async (): Promise<void> => Promise.reject(new Error('spawn paplay ENOENT'));
    for (const given of [{ runs }, { platform: 'sunos' }]) {
      const { ask, prompts, lines } = openWindow({ policy, ...given });
      await ask();
      await ask({ id: 'request0002' });
      const told = prompts.texts.filter((text) => /The sound could not be played: .*“agentrq\.attention\.soundCommand”/.test(text));
      assert.equal(told.length, 1);
      assert.equal(lines.filter((line) => /no sound could be played/.test(line)).length, 1);
    }
  });

  it('plays one at a time', async () => {
    let end = (): void => {};
    const runs = () => new Promise<void>((resolve) => (end = resolve));
    const { ask, ran } = openWindow({ policy, runs, soundCommand: ['my-player'] });
    await ask();
    await ask({ id: 'request0002' });
    assert.equal(ran.length, 1);
    end();
  });
});
