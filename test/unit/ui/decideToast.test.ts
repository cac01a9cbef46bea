import assert from 'node:assert/strict';
import type { Request } from '../../../src/protocol/model.ts';
import type { Toast, ToastContext } from '../../../src/ui/decideToast.ts';
import { decideToast } from '../../../src/ui/decideToast.ts';
import { board, change, english, message, request, workspace, workspaceId } from './fixtures.ts';

const usual: ToastContext = {
  levels: { questions: 'all', messages: 'all' },
  ownWorkspaces: [workspaceId],
  windowFocused: true,
  isReading: () => false,
};

function ask(over: Partial<Request> = {}, context: ToastContext = usual, live = true): Toast | undefined {
  return decideToast(change({ type: 'request.created', payload: request(over) }, undefined, live), context, english);
}

function labels(toast: Toast | undefined): string[] | undefined {
  return toast?.buttons.map((button) => button.label);
}

describe('decideToast', () => {
  it('shows a question with its choices as buttons, each of which sends exactly that choice', () => {
    const toast = ask({ choices: ['Yes', 'No'] });
    assert.equal(toast?.text, 'Claude Code asks: Deploy to staging?');
    assert.deepEqual(toast?.buttons, [
      { label: 'Yes', action: { kind: 'choose', choice: 'Yes' } },
      { label: 'No', action: { kind: 'choose', choice: 'No' } },
      { label: 'Open', action: { kind: 'open' } },
    ]);
  });

  it('is silent about what happened before this window watched', () => {
    assert.equal(ask({}, usual, false), undefined);
    assert.equal(decideToast(change({ type: 'message.created', payload: message() }, undefined, false), usual, english), undefined);
  });

  it('asks for the answer where the choices do not fit on buttons', () => {
    const answer = ['Answer…', 'Open'];
    assert.deepEqual(labels(ask()), answer, 'free text');
    assert.deepEqual(labels(ask({ choices: ['a', 'b', 'c', 'd'] })), answer, 'too many');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'.repeat(41)] })), answer, 'too long');
    assert.deepEqual(labels(ask({ choices: ['a', 'b'], multiple: true })), answer, 'several may be taken');
    assert.deepEqual(labels(ask({ choices: ['a', 'a\u200B'] })), answer, 'something is hidden');
    assert.deepEqual(labels(ask({ choices: ['a', 'a'] })), answer, 'two look the same');
    assert.deepEqual(labels(ask({ choices: ['b'.repeat(40)] })), ['b'.repeat(40), 'Open'], 'just fits');
  });

  it('tells a choice that is called like a button of ours from it', () => {
    assert.deepEqual(
      ask({ choices: ['Open'] })?.buttons.map((button) => button.action.kind),
      ['choose', 'open'],
    );
  });

  it('shows one line, and says when it is cut', () => {
    const toast = ask({ question: `First\nsecond ${'word '.repeat(100)}` });
    assert.match(toast?.text ?? '', /^Claude Code asks: First second word .*word…$/);
    assert.ok((toast?.text.length ?? 0) <= 'Claude Code asks: '.length + 200);
  });

  it('shows a message of an agent, and offers to reply', () => {
    const toast = decideToast(change({ type: 'message.created', payload: message() }), usual, english);
    assert.equal(toast?.text, 'Claude Code in “Fix the login”: The tests are green.');
    assert.deepEqual(labels(toast), ['Reply…', 'Open']);
  });

  it('is silent about the person’s own words, notes of the hub, and everything that is no news', () => {
    const silent = [
      { type: 'message.created', payload: message({ sender: 'human' }) },
      { type: 'message.created', payload: message({ kind: 'status' }) },
      { type: 'message.updated', payload: message() },
      { type: 'request.updated', payload: request() },
      { type: 'request.created', payload: request({ status: 'superseded' }) },
    ] as const;
    for (const event of silent) assert.equal(decideToast(change(event), usual, english), undefined, event.type);
  });

  it('is silent about a message that the person is reading', () => {
    const reading = { ...usual, isReading: (taskId: string) => taskId === 'task0000001' };
    const event = { type: 'message.created', payload: message() } as const;
    assert.equal(decideToast(change(event), reading, english), undefined);
    assert.notEqual(decideToast(change(event), { ...reading, windowFocused: false }, english), undefined);
  });

  it('obeys the settings', () => {
    assert.equal(ask({}, { ...usual, levels: { questions: 'off', messages: 'all' } }), undefined);
    assert.notEqual(ask({}, { ...usual, levels: { questions: 'ownFolders', messages: 'off' } }), undefined);
    const event = { type: 'message.created', payload: message() } as const;
    assert.equal(decideToast(change(event), { ...usual, levels: { questions: 'all', messages: 'off' } }, english), undefined);
  });

  it('leaves the folders of other windows to these, unless the person looks at this one', () => {
    const elsewhere = { ...usual, ownWorkspaces: ['workspace02'] };
    const two = board({ workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })] });
    const asked = change({ type: 'request.created', payload: request() }, two);
    assert.equal(decideToast(asked, { ...elsewhere, windowFocused: false }, english), undefined);
    assert.equal(decideToast(asked, elsewhere, english)?.text, 'Claude Code (web) asks: Deploy to staging?');
    assert.equal(decideToast(asked, { ...elsewhere, levels: { questions: 'ownFolders', messages: 'all' } }, english), undefined);
  });

  it('does not wait for this window’s workspaces to be known', () => {
    assert.notEqual(ask({}, { ...usual, ownWorkspaces: [], windowFocused: false }), undefined);
  });

  it('has the same key for the same thing', () => {
    assert.equal(ask()?.key, ask({ question: 'Other words?' })?.key);
    assert.notEqual(ask()?.key, ask({ id: 'request0002' })?.key);
  });
});
