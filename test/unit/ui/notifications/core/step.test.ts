import assert from 'node:assert/strict';
import type { NotificationEvent } from '../../../../../src/ui/notifications/core/event.ts';
import type { NotificationPolicy } from '../../../../../src/ui/notifications/core/policy.ts';
import { request } from '../../../client/samples.ts';
import { blocked, everything, finished, type Play, type PlayedWindow, permission, play, question, review, said } from './playWindows.ts';

// What people complain of in tools like this one, and what is done about it, one case each: false alarms for what is decided without the
// person, too many notifications, a focus that is taken while one types, a question that can't be told from “done”, prompts that outlive
// their reason, and a status that lies.

type Case = readonly [name: string, run: (window: PlayedWindow, game: Play) => void];

const minute = 60_000;

function told(window: PlayedWindow, ...expected: string[]): void {
  assert.deepEqual(window.told, expected);
}

/** An agent asks for permission to run this. */
function wants(id: string, command: string, over: Parameters<typeof permission>[1] = {}, cwd = '/shop'): NotificationEvent {
  const asked = { tool: 'Bash', input: JSON.stringify({ command }), cwd };
  return permission(id, { ...over, source: { kind: 'request', request: request({ kind: 'permission', permission: asked }) } });
}

const falseAlarms: Case[] = [
  [
    'a question is announced once it has settled, not before',
    (window, { pass }) => {
      window.arrive(question('q'));
      pass(199);
      told(window);
      pass(1);
      told(window, 'toast q');
    },
  ],
  [
    'what a rule allows within the settle time is never announced',
    (window, { pass }) => {
      window.arrive(permission('p'));
      pass(1_400);
      window.send({ kind: 'resolved', ids: ['p'] });
      pass(minute);
      told(window);
    },
  ],
  [
    'what is answered in the terminal meanwhile is not even claimed',
    (window, { pass, claims }) => {
      window.arrive(permission('p'));
      pass(1_000);
      window.send({ kind: 'resolved', ids: ['p'] });
      pass(minute);
      assert.equal(claims.owners.size, 0);
    },
  ],
  [
    'what is resolved between the claim and its verdict is not announced',
    (window, game) => {
      game.claims.delayMs = 500;
      window.arrive(permission('p'));
      game.pass(1_600);
      window.send({ kind: 'resolved', ids: ['p'] });
      game.pass(minute);
      told(window);
    },
  ],
  [
    'a need that is resolved does not hide one that is not',
    (window, { pass }) => {
      window.arrive(permission('p1'), permission('p2'));
      window.send({ kind: 'resolved', ids: ['p1'] });
      pass(2_000);
      told(window, 'toast p2');
    },
  ],
  [
    'a task that is taken up again at once is not announced as finished',
    (window, { pass }) => {
      window.arrive(finished('f'));
      pass(500);
      window.send({ kind: 'resolved', ids: ['f'] });
      pass(minute);
      told(window);
    },
  ],
];

const silence: Case[] = [
  [
    'what a rule or the window of its agent may settle is announced after 1.5 s, not before',
    (window, { pass }) => {
      window.arrive(permission('p'));
      pass(1_499);
      told(window);
      pass(1);
      told(window, 'toast p');
    },
  ],
  [
    'a permission for which an agent stands still comes beside a toast that is up',
    (window, { pass }) => {
      window.arrive(question('q'));
      pass(1_000);
      window.send({ kind: 'standing', ids: new Set(['p']) });
      window.arrive(permission('p'), question('q2'));
      pass(1_500);
      told(window, 'toast q', 'toast p');
      pass(7_699);
      told(window, 'toast q', 'toast p');
      pass(1);
      told(window, 'toast q', 'toast p', 'toast q2');
    },
  ],
  [
    'no third toast comes beside two, and two that an agent stands still for are one digest with what waits',
    (window, { pass }) => {
      window.send({ kind: 'standing', ids: new Set(['p1', 'p2', 'p3']) });
      window.arrive(question('q'));
      pass(1_000);
      window.arrive(permission('p1'), permission('p2'), question('q2'));
      pass(2_000);
      told(window, 'toast q', 'digest p1 p2 q2');
      window.arrive(permission('p3'));
      pass(7_199);
      told(window, 'toast q', 'digest p1 p2 q2');
      pass(1);
      told(window, 'toast q', 'digest p1 p2 q2', 'toast p3');
    },
  ],
  [
    'what has waited for one toast does not wait for a second one',
    (window, { pass }) => {
      window.arrive(question('q1'));
      pass(1_000);
      window.arrive(question('q2'), question('q3'));
      pass(9_200);
      told(window, 'toast q1', 'digest q2 q3');
    },
  ],
  [
    'a question of an agent’s own dialog settles as long as a permission',
    (window, { pass }) => {
      const asked = request({ kind: 'question', dialog: { kind: 'questions', questions: [] } });
      window.arrive(question('q', { source: { kind: 'request', request: asked } }));
      pass(1_499);
      told(window);
      pass(1);
      told(window, 'toast q');
    },
  ],
];

const tooMany: Case[] = [
  [
    'the same event that comes again is announced once',
    (window, { pass }) => {
      window.arrive(question('q'), question('q'));
      pass(minute);
      window.arrive(question('q'));
      pass(minute);
      told(window, 'toast q');
    },
  ],
  [
    'there is one toast at a time',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(5_000);
      told(window, 'toast q1');
      window.close();
      pass(300);
      told(window, 'toast q1', 'toast q2');
    },
  ],
  [
    'above two, toasts come as one digest',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'), review('r'));
      pass(minute);
      told(window, 'digest q1 q2 r');
    },
  ],
  [
    'forty in a row make one toast and one digest',
    (window, { pass }) => {
      window.arrive(question('q0'));
      pass(2_000);
      for (let index = 1; index < 40; index += 1) window.arrive(question(`q${index}`));
      pass(2_000);
      window.close();
      pass(minute);
      assert.deepEqual(
        window.told.map((line) => line.split(' ').length - 1),
        [1, 39],
      );
    },
  ],
  [
    'what has been told in a digest is not told again',
    (window, { pass }) => {
      const three = [question('q1'), question('q2'), question('q3')];
      window.arrive(...three);
      pass(2_000);
      window.close();
      window.arrive(...three);
      pass(10 * minute);
      told(window, 'digest q1 q2 q3');
    },
  ],
  [
    'no toast comes within 300 ms of another',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(200);
      window.close();
      pass(299);
      told(window, 'toast q1');
      pass(1);
      told(window, 'toast q1', 'toast q2');
    },
  ],
  [
    'chatter of one agent in one task is one toast, the newest',
    (window, { pass }) => {
      window.arrive(said('m1', { taskId: 't' }), said('m2', { taskId: 't' }), said('m3', { taskId: 't' }));
      pass(minute);
      told(window, 'toast m3');
      assert.deepEqual(window.toldAt[0]?.ids, ['m3', 'm1', 'm2']);
    },
  ],
  [
    'chatter does not put its announcement off for ever',
    (window, { pass }) => {
      for (let index = 0; index < 10; index += 1) {
        window.arrive(said(`m${index}`, { taskId: 't' }));
        pass(200);
      }
      assert.equal(window.told.length, 1);
    },
  ],
  [
    'the last words of a task and that it is finished are one toast',
    (window, { pass }) => {
      window.arrive(said('m', { taskId: 't' }), finished('f', { taskId: 't' }));
      pass(minute);
      told(window, 'toast f');
    },
  ],
  [
    'what comes over the same agent in the same task is folded into it',
    (window, { pass }) => {
      window.arrive(said('m1', { taskId: 't' }), said('m2', { taskId: 't' }), finished('f', { taskId: 't' }));
      pass(minute);
      told(window, 'toast f');
      assert.deepEqual(window.toldAt[0]?.ids, ['f', 'm1', 'm2']);
    },
  ],
  [
    'another agent, or another task, is not folded',
    (window, { pass }) => {
      window.arrive(said('m1', { taskId: 't' }), said('m2', { taskId: 't', agentId: 'other' }));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast m1', 'toast m2');
    },
  ],
  [
    'questions are never folded, each has an answer of its own',
    (window, { pass }) => {
      window.arrive(question('q1', { taskId: 't' }), question('q2', { taskId: 't' }));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast q1', 'toast q2');
    },
  ],
  [
    'two that ask permission for exactly the same are one toast, which knows of both',
    (window, { pass }) => {
      window.arrive(wants('p1', 'npm test'), wants('p2', 'npm test'));
      pass(10 * minute);
      told(window, 'toast p2');
      assert.deepEqual(window.toldAt[0]?.ids, ['p2', 'p1']);
    },
  ],
  [
    'when one of two that ask for the same is decided before, the other is still announced',
    (window, { pass }) => {
      window.arrive(wants('p1', 'npm test'), wants('p2', 'npm test'));
      window.send({ kind: 'resolved', ids: ['p2'] });
      pass(2_000);
      told(window, 'toast p1');
    },
  ],
  [
    'a byte more is another permission, and so is another agent or another folder',
    (window, { pass }) => {
      window.arrive(wants('p1', 'npm test'), wants('p2', 'npm test '));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast p1', 'toast p2');
      window.close();
      window.arrive(wants('p3', 'npm test', { agentId: 'another' }), wants('p4', 'npm test', {}, '/elsewhere'));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast p1', 'toast p2', 'toast p3', 'toast p4');
    },
  ],
  [
    'a digest counts each of those that ask for the same',
    (window, { pass }) => {
      window.arrive(wants('p1', 'npm test'), wants('p2', 'npm test'), wants('p3', 'ls'), wants('p4', 'pwd'));
      pass(2_000);
      told(window, 'digest p1 p2 p3 p4');
    },
  ],
  [
    'a message after the finish is told by itself',
    (window, { pass }) => {
      window.arrive(finished('f', { taskId: 't' }), said('m', { taskId: 't' }));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast f', 'toast m');
    },
  ],
  [
    'a toast that is not closed holds the next one up for as long as the editor shows it',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(200 + 10_000 - 1);
      told(window, 'toast q1');
      pass(1);
      told(window, 'toast q1', 'toast q2');
    },
  ],
  [
    'a message holds a question up for as long as it is shown, ten seconds',
    (window, { pass }) => {
      window.arrive(said('m'));
      pass(1_500);
      window.arrive(question('q'));
      pass(9_999);
      told(window, 'toast m');
      pass(1);
      told(window, 'toast m', 'toast q');
    },
  ],
  [
    'a question is not buried in a digest of what is finished',
    (window, { pass }) => {
      window.arrive(finished('f1'), finished('f2'), finished('f3'), question('q'));
      pass(2_000);
      told(window, 'toast q');
      window.close();
      pass(1_000);
      told(window, 'toast q', 'digest f1 f2 f3');
    },
  ],
  [
    'an agent that tells what it did and then asks how to go on, the question comes first',
    (window, { pass }) => {
      window.arrive(said('m', { taskId: 't' }));
      pass(1_000);
      window.arrive(question('q', { taskId: 't' }));
      pass(199);
      told(window);
      pass(1);
      told(window, 'toast q');
    },
  ],
  [
    'a question that nobody wants to hear of holds no message up',
    withPolicy({ kinds: { question: 'badge', message: 'toast' } }, (window, { pass }) => {
      window.arrive(said('m'));
      pass(1_000);
      window.arrive(question('q'));
      pass(500);
      told(window, 'toast m');
    }),
  ],
  [
    'of two that wait, the question comes before the message',
    (window, { pass }) => {
      window.arrive(said('m'), question('q'));
      pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'of two that are as urgent, the older one comes first',
    (window, { pass }) => {
      window.arrive(question('q1'));
      pass(10);
      window.arrive(permission('p'));
      window.send({ kind: 'tick' });
      pass(2_000);
      told(window, 'toast q1');
    },
  ],
];

const inFront: Case[] = [
  [
    'a question that the panel in front shows already is no toast',
    (window, { pass, claims }) => {
      window.send({ kind: 'reading', id: 't' });
      window.arrive(question('q', { taskId: 't' }));
      pass(minute);
      told(window);
      assert.ok(claims.owners.has('q'), 'other windows have nothing to announce either');
    },
  ],
  [
    'a question that the panel showed is no toast when the user goes on to another tab',
    (window, { pass }) => {
      window.send({ kind: 'reading', id: 't' });
      window.arrive(permission('p', { taskId: 't' }), said('m', { taskId: 't' }));
      pass(2_000);
      window.send({ kind: 'reading', id: undefined });
      pass(10 * minute);
      told(window);
    },
  ],
  [
    'a question on the page of its own is no toast',
    (window, { pass }) => {
      const asked = question('q', { taskId: undefined });
      window.send({ kind: 'reading', id: asked.source.kind === 'request' ? asked.source.request.id : undefined });
      window.arrive(asked);
      pass(minute);
      told(window);
    },
  ],
  [
    'the window that the user reads in comes before the window of the folder',
    (window, { pass, window: open }) => {
      window.send({ kind: 'focus', on: false, since: 0 });
      const other = open('the one that is read', { own: ['other'] });
      other.send({ kind: 'reading', id: 't' });
      for (const each of [window, other]) each.arrive(question('q', { taskId: 't' }));
      pass(minute);
      told(window);
      told(other);
    },
  ],
  [
    'a question of another task than the one in front is a toast',
    (window, { pass }) => {
      window.send({ kind: 'reading', id: 'another' });
      window.arrive(question('q', { taskId: 't' }));
      pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'a panel in front in a window that nobody looks at hides nothing',
    (window, { pass }) => {
      window.send({ kind: 'reading', id: 't' });
      window.send({ kind: 'focus', on: false, since: 0 });
      window.arrive(question('q', { taskId: 't' }));
      pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'a page that is left before anything was claimed has shown nothing',
    (window, { pass }) => {
      window.send({ kind: 'reading', id: 't' });
      window.arrive(permission('q', { taskId: 't' }));
      pass(500);
      window.send({ kind: 'reading', id: undefined });
      pass(999);
      told(window);
      pass(1);
      told(window, 'toast q');
    },
  ],
  [
    'a page that is left while the claim is on its way brings no toast before it has settled',
    (window, game) => {
      game.claims.delayMs = 100;
      window.send({ kind: 'reading', id: 't' });
      window.arrive(permission('q', { taskId: 't' }));
      game.pass(1_050);
      window.send({ kind: 'reading', id: undefined });
      game.pass(449);
      told(window);
      game.pass(1);
      told(window, 'toast q');
    },
  ],
  [
    'a message that waits for a break is done with once the user reads its task',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(said('m', { taskId: 't' }));
      pass(2_000);
      window.send({ kind: 'reading', id: 't' });
      window.send({ kind: 'debugging', on: false });
      pass(minute);
      told(window);
    },
  ],
  [
    'of three, two of which are in front, the third is a toast and no digest',
    (window, { pass }) => {
      window.send({ kind: 'reading', id: 't' });
      window.arrive(question('q1', { taskId: 't' }), question('q2', { taskId: 't' }), question('q3'));
      pass(2_000);
      told(window, 'toast q3');
    },
  ],
];

const focus: Case[] = [
  [
    'while the user types, a message waits for a pause of four seconds',
    (window, { pass }) => {
      window.arrive(said('m'));
      for (let index = 0; index < 20; index += 1) {
        window.send({ kind: 'typed' });
        pass(1_000);
      }
      told(window);
      pass(2_999);
      told(window);
      pass(1);
      told(window, 'toast m');
    },
  ],
  [
    'while the user types, that something is finished waits as well',
    (window, { pass }) => {
      window.send({ kind: 'typed' });
      window.arrive(finished('f'));
      pass(3_999);
      told(window);
      pass(1);
      told(window, 'toast f');
    },
  ],
  [
    'while the user types, saving the file is a break',
    (window, { pass }) => {
      window.arrive(said('m'));
      pass(1_000);
      window.send({ kind: 'typed' });
      pass(1_000);
      told(window);
      window.send({ kind: 'saved' });
      told(window, 'toast m');
    },
  ],
  [
    'while the user types, coming back to the window is a break',
    (window, { pass, clock }) => {
      window.arrive(said('m'));
      pass(1_000);
      window.send({ kind: 'typed' });
      pass(1_000);
      window.send({ kind: 'focus', on: false, since: clock.now() });
      window.send({ kind: 'focus', on: true, since: clock.now() });
      told(window, 'toast m');
    },
  ],
  [
    'while the user types, a question comes through, an agent has stopped for it',
    (window, { pass }) => {
      window.arrive(question('q'));
      window.send({ kind: 'typed' });
      pass(1_500);
      told(window, 'toast q');
    },
  ],
  [
    'while the user types, what is blocked comes through',
    (window, { pass }) => {
      window.arrive(blocked('b'));
      window.send({ kind: 'typed' });
      pass(1_500);
      told(window, 'toast b');
    },
  ],
  [
    'while the user types, somebody who never pauses hears of it after ten minutes',
    (window, { pass }) => {
      window.arrive(said('m'));
      for (let index = 0; index < 599; index += 1) {
        window.send({ kind: 'typed' });
        pass(1_000);
      }
      told(window);
      window.send({ kind: 'typed' });
      pass(1_000);
      told(window, 'toast m');
    },
  ],
  [
    'while the user debugs, a message waits for the end of the session',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(said('m'));
      pass(5 * minute);
      told(window);
      window.send({ kind: 'debugging', on: false });
      told(window, 'toast m');
    },
  ],
  [
    'while the user debugs, a program that is debugged all day hides nothing for longer than ten minutes',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(finished('f'));
      pass(10 * minute - 1);
      told(window);
      pass(1);
      told(window, 'toast f');
    },
  ],
  [
    'while the user debugs, saving is no break',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(said('m'));
      pass(2_000);
      window.send({ kind: 'saved' });
      told(window);
    },
  ],
  [
    'while the user debugs, a permission comes through',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(permission('p'));
      pass(1_500);
      told(window, 'toast p');
    },
  ],
  [
    'what was held joins the digest of what comes through',
    (window, { pass }) => {
      window.send({ kind: 'debugging', on: true });
      window.arrive(said('m'), permission('p1'), permission('p2'), permission('p3'));
      pass(2_000);
      told(window, 'digest m p1 p2 p3');
    },
  ],
  [
    'nothing but typing is needed to hear of it: with no typing there is no wait',
    (window, { pass }) => {
      window.arrive(said('m'));
      pass(1_500);
      told(window, 'toast m');
    },
  ],
];

const fossils: Case[] = [
  [
    'what is resolved while it waits for its turn is never shown',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(2_000);
      window.send({ kind: 'resolved', ids: ['q2'] });
      window.close();
      pass(10 * minute);
      told(window, 'toast q1');
    },
  ],
  [
    'a toast whose question was answered elsewhere holds nothing up',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(2_000);
      window.send({ kind: 'resolved', ids: ['q1'] });
      pass(300);
      told(window, 'toast q1', 'toast q2');
    },
  ],
  [
    'a digest gives way when all that it named is resolved',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'), question('q3'));
      pass(2_000);
      window.arrive(question('q4'));
      pass(2_000);
      window.send({ kind: 'resolved', ids: ['q1', 'q2'] });
      pass(1_000);
      told(window, 'digest q1 q2 q3');
      window.send({ kind: 'resolved', ids: ['q3'] });
      told(window, 'digest q1 q2 q3', 'toast q4');
    },
  ],
  [
    'closing an old toast does not let a third one beside the second',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      pass(2_000);
      const first = window.state.shownAt;
      window.send({ kind: 'resolved', ids: ['q1'] });
      pass(300);
      window.arrive(question('q3'));
      pass(2_000);
      window.send({ kind: 'closed', at: first });
      told(window, 'toast q1', 'toast q2');
      window.close();
      told(window, 'toast q1', 'toast q2', 'toast q3');
    },
  ],
  [
    'what was resolved and comes again under the same id stays silent',
    (window, { pass }) => {
      window.arrive(question('q'));
      window.send({ kind: 'resolved', ids: ['q'] });
      window.arrive(question('q'));
      pass(minute);
      told(window);
    },
  ],
  [
    'what is still blocked after the toast was closed is counted when the user comes back',
    (window, { pass, clock }) => {
      window.arrive(blocked('b'));
      pass(2_000);
      window.close();
      window.send({ kind: 'focus', on: false, since: clock.now() });
      const left = clock.now();
      pass(22 * minute);
      window.send({ kind: 'focus', on: true, since: left });
      pass(1_000);
      told(window, 'toast b', 'back');
    },
  ],
  [
    'a task that is blocked again is announced again',
    (window, { pass }) => {
      window.arrive(blocked('b1', { taskId: 't' }));
      pass(2_000);
      window.send({ kind: 'resolved', ids: ['b1'] });
      window.arrive(blocked('b2', { taskId: 't' }));
      pass(2_000);
      told(window, 'toast b1', 'toast b2');
    },
  ],
  [
    'finished and blocked of one task are told by the last of them',
    (window, { pass }) => {
      window.arrive(blocked('b', { taskId: 't' }));
      window.send({ kind: 'resolved', ids: ['b'] });
      window.arrive(finished('f', { taskId: 't' }));
      pass(minute);
      told(window, 'toast f');
    },
  ],
  [
    'what was said in a task that goes on after all is still told',
    (window, { pass }) => {
      window.arrive(said('m1', { taskId: 't' }), said('m2', { taskId: 't' }), finished('f', { taskId: 't' }));
      window.send({ kind: 'resolved', ids: ['f'] });
      pass(minute);
      told(window, 'toast m2');
      assert.deepEqual(window.toldAt[0]?.ids, ['m2', 'm1']);
    },
  ],
  [
    'what was said in a task that goes on after all is not told if the user has answered it by then',
    (window, { pass }) => {
      window.arrive(said('m', { taskId: 't' }), finished('f', { taskId: 't' }));
      window.send({ kind: 'resolved', ids: ['f', 'm'] });
      pass(minute);
      told(window);
    },
  ],
  [
    'a question and that something is done are told apart, each is a toast of its own kind',
    (window, { pass }) => {
      window.arrive(question('q', { taskId: 't' }), finished('f', { taskId: 't' }));
      pass(2_000);
      window.close();
      pass(1_000);
      told(window, 'toast q', 'toast f');
    },
  ],
];

const away: Case[] = [
  [
    'no burst at the start: what was there before is not announced',
    (window, { pass }) => {
      window.send({ kind: 'known', ids: ['q1', 'q2'] });
      window.arrive(question('q1'), question('q2'));
      pass(10 * minute);
      told(window);
    },
  ],
  [
    'no burst after a reconnect: what came meanwhile is one digest',
    (window, { pass }) => {
      window.send({ kind: 'link', live: false });
      pass(minute);
      window.send({ kind: 'link', live: true });
      for (const id of ['q1', 'q2']) window.send({ kind: 'arrived', event: question(id), late: true });
      pass(2_000);
      told(window, 'digest q1 q2');
    },
  ],
  [
    'one that came meanwhile is a toast, which can be answered',
    (window, { pass }) => {
      window.send({ kind: 'arrived', event: question('q'), late: true });
      pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'while the hub is away nothing is announced; what is still open comes later',
    (window, { pass }) => {
      window.arrive(question('q1'), question('q2'));
      window.send({ kind: 'link', live: false });
      pass(5 * minute);
      told(window);
      window.send({ kind: 'link', live: true });
      pass(10);
      told(window, 'digest q1 q2');
    },
  ],
  [
    'what is resolved while the hub is away is not announced when it is back',
    (window, { pass }) => {
      window.arrive(question('q'));
      window.send({ kind: 'link', live: false });
      window.send({ kind: 'resolved', ids: ['q'] });
      window.send({ kind: 'link', live: true });
      pass(minute);
      told(window);
    },
  ],
  [
    'a claim that fails is made again after five seconds',
    (window, game) => {
      game.claims.fails = true;
      window.arrive(permission('q'));
      game.pass(3_000);
      game.claims.fails = false;
      game.pass(3_499);
      told(window);
      game.pass(1);
      told(window, 'toast q');
    },
  ],
  [
    'coming back after five minutes: one digest',
    (window, { pass, clock }) => {
      const left = clock.now();
      window.send({ kind: 'focus', on: false, since: left });
      pass(5 * minute);
      window.send({ kind: 'focus', on: true, since: left });
      pass(999);
      told(window);
      pass(1);
      told(window, 'back');
    },
  ],
  [
    'coming back sooner: none',
    (window, { pass, clock }) => {
      const left = clock.now();
      window.send({ kind: 'focus', on: false, since: left });
      pass(5 * minute - 1);
      window.send({ kind: 'focus', on: true, since: left });
      pass(minute);
      told(window);
    },
  ],
  [
    'coming back from another window of the editor: none, the user was there',
    (window, { pass, clock }) => {
      window.send({ kind: 'focus', on: false, since: clock.now() });
      pass(30 * minute);
      window.send({ kind: 'focus', on: true, since: clock.now() });
      pass(minute);
      told(window);
    },
  ],
  [
    'coming back: what had not been announced is in the digest, and is not announced after it',
    (window, { pass, clock }) => {
      const left = clock.now();
      window.send({ kind: 'debugging', on: true });
      window.send({ kind: 'focus', on: false, since: left });
      pass(6 * minute);
      window.arrive(finished('f1'), said('m'));
      pass(2_000);
      window.send({ kind: 'focus', on: true, since: left });
      pass(10 * minute);
      told(window, 'back f1 m');
    },
  ],
  [
    'coming back: the digest waits until the toast that is up has been seen',
    (window, { pass, clock }) => {
      const left = clock.now();
      window.send({ kind: 'focus', on: false, since: left });
      pass(6 * minute);
      window.arrive(question('q'));
      pass(2_000);
      window.send({ kind: 'focus', on: true, since: left });
      pass(2_000);
      told(window, 'toast q');
      window.close();
      told(window, 'toast q', 'back');
    },
  ],
  [
    'a reload after a while: one digest once the hub is there',
    (_, game) => {
      game.pass(10 * minute);
      const window = game.window('reloaded', { focused: false });
      window.send({ kind: 'link', live: false });
      window.send({ kind: 'focus', on: true, since: game.clock.now() - 10 * minute });
      game.pass(5_000);
      told(window);
      window.send({ kind: 'link', live: true });
      game.pass(10);
      told(window, 'back');
    },
  ],
];

const doNotDisturb: Case[] = [
  [
    'Do Not Disturb: nothing is announced, however urgent',
    (window, { pass, clock }) => {
      window.send({ kind: 'quiet', until: clock.now() + 60 * minute });
      window.arrive(permission('p'), question('q'), said('m'));
      pass(59 * minute);
      told(window);
    },
  ],
  [
    'Do Not Disturb: at its end, what is still open is one digest',
    (window, { pass, clock }) => {
      window.send({ kind: 'quiet', until: clock.now() + 15 * minute });
      window.arrive(permission('p'), question('q'), question('answered'));
      window.send({ kind: 'resolved', ids: ['answered'] });
      pass(15 * minute);
      told(window, 'digest p q');
    },
  ],
  [
    'Do Not Disturb: turned off by hand, it ends at once',
    (window, { pass, clock }) => {
      window.send({ kind: 'quiet', until: clock.now() + 60 * minute });
      window.arrive(question('q1'), question('q2'));
      pass(2_000);
      window.send({ kind: 'quiet', until: 0 });
      pass(0);
      told(window, 'digest q1 q2');
    },
  ],
  [
    'Do Not Disturb: it may be made longer',
    (window, { pass, clock }) => {
      window.send({ kind: 'quiet', until: clock.now() + 15 * minute });
      window.send({ kind: 'quiet', until: clock.now() + 60 * minute });
      window.arrive(question('q'));
      pass(59 * minute);
      told(window);
      pass(minute);
      told(window, 'toast q');
    },
  ],
  [
    'Do Not Disturb: the digest of the return waits for its end',
    (window, { pass, clock }) => {
      const left = clock.now();
      window.send({ kind: 'quiet', until: left + 30 * minute });
      window.send({ kind: 'focus', on: false, since: left });
      pass(10 * minute);
      window.send({ kind: 'focus', on: true, since: left });
      pass(19 * minute);
      told(window);
      pass(minute);
      told(window, 'back');
    },
  ],
  [
    'Do Not Disturb: no command is run',
    (_, game) => {
      const window = game.window('unfocused', { focused: false, command: true });
      window.send({ kind: 'quiet', until: game.clock.now() + 60 * minute });
      window.arrive(question('q'));
      game.pass(30 * minute);
      told(window);
    },
  ],
];

function withPolicy(over: Partial<NotificationPolicy>, run: (window: PlayedWindow, game: Play) => void): Case[1] {
  return (_, game) => run(game.window('with settings', { policy: { ...everything, ...over } }), game);
}

const settings: Case[] = [
  [
    'what a toast sounds like follows its kind: questions may be heard and the rest not',
    withPolicy({ kinds: { question: 'toastAndSound' } }, (window, { pass }) => {
      window.arrive(question('q'));
      pass(2_000);
      window.close();
      window.arrive(finished('f'));
      pass(2_000);
      told(window, 'toast q, heard', 'toast f');
    }),
  ],
  [
    'per agent: one that is set to the sound is heard, the others are not',
    withPolicy({ agents: { codex: 'toastAndSound' } }, (window, { pass }) => {
      window.arrive(question('q1', { agent: 'codex' }));
      pass(2_000);
      window.close();
      window.arrive(question('q2'));
      pass(2_000);
      told(window, 'toast q1, heard', 'toast q2');
    }),
  ],
  [
    'a digest is heard if anything in it is to be',
    withPolicy({ kinds: { permission: 'toastAndSound' } }, (window, { pass }) => {
      window.arrive(permission('p1'), permission('p2'), permission('p'));
      pass(2_000);
      told(window, 'digest p1 p2 p, heard');
    }),
  ],
  [
    'the digest of the return is not heard: the user is there',
    withPolicy({ kinds: { question: 'toastAndSound' } }, (window, { pass, clock }) => {
      window.send({ kind: 'focus', on: false, since: 0 });
      const since = clock.now();
      pass(10 * minute);
      window.arrive(question('q'));
      pass(100);
      window.send({ kind: 'focus', on: true, since });
      pass(5_000);
      told(window, 'back q');
    }),
  ],
  [
    'what is in front of the user is not heard either',
    withPolicy({ kinds: { question: 'toastAndSound' } }, (window, { pass }) => {
      window.send({ kind: 'reading', id: 't' });
      window.arrive(question('q', { taskId: 't' }));
      pass(minute);
      told(window);
    }),
  ],
  [
    'the quieter of kind and agent counts for the sound as well',
    withPolicy({ kinds: { question: 'toastAndSound' }, agents: { 'claude-code': 'toast' } }, (window, { pass }) => {
      window.arrive(question('q'));
      pass(2_000);
      told(window, 'toast q');
    }),
  ],
  [
    'per kind: a kind that is set to the badge is not announced',
    withPolicy({ kinds: { finished: 'badge' } }, (window, { pass }) => {
      window.arrive(finished('f'), question('q'));
      pass(minute);
      told(window, 'toast q');
    }),
  ],
  [
    'per agent: an agent that is set to the badge is not announced',
    withPolicy({ agents: { codex: 'badge' } }, (window, { pass }) => {
      window.arrive(question('q1', { agent: 'codex' }), question('q2'));
      pass(minute);
      told(window, 'toast q2');
    }),
  ],
  [
    'per agent: an agent called like a property of every object is not silenced by it',
    withPolicy({}, (window, { pass }) => {
      window.arrive(question('q', { agent: 'constructor' }));
      pass(minute);
      told(window, 'toast q');
    }),
  ],
  [
    'the quietest of what is set counts',
    withPolicy({ kinds: { question: 'silent' }, agents: { 'claude-code': 'toast' } }, (window, { pass }) => {
      window.arrive(question('q'));
      pass(minute);
      told(window);
    }),
  ],
  [
    'earlier settings: questions off turns off permissions and reviews, too, and nothing else',
    withPolicy({ questions: 'off' }, (window, { pass }) => {
      window.arrive(question('q'), permission('p'), review('r'), said('m'));
      pass(minute);
      told(window, 'toast m');
    }),
  ],
  [
    'earlier settings: messages off turns off what is finished and blocked, too',
    withPolicy({ messages: 'off' }, (window, { pass }) => {
      window.arrive(said('m'), finished('f'), blocked('b'), question('q'));
      pass(minute);
      told(window, 'toast q');
    }),
  ],
  [
    'earlier settings: of this window’s folders only',
    withPolicy({ questions: 'ownFolders' }, (window, { pass }) => {
      window.arrive(question('q1', { workspaceId: 'other' }), question('q2'));
      pass(minute);
      told(window, 'toast q2');
    }),
  ],
  [
    'as long as this window’s folders are not known, any may be its own',
    (_, game) => {
      const window = game.window('new', { own: [], policy: { ...everything, questions: 'ownFolders' } });
      window.arrive(question('q'));
      game.pass(minute);
      told(window, 'toast q');
    },
  ],
  [
    'a setting that changes counts for what has not been announced',
    (window, { pass }) => {
      window.arrive(question('q'));
      window.send({ kind: 'settings', policy: { ...everything, kinds: { question: 'badge' } }, command: false });
      pass(minute);
      told(window);
    },
  ],
];

function twoWindows(
  own: { first?: string[]; second?: string[] },
  focused: 'first' | 'second' | 'none',
  run: (first: PlayedWindow, second: PlayedWindow, game: Play) => void,
): Case[1] {
  return (_, game) =>
    run(
      game.window('first', { own: own.first ?? [], focused: focused === 'first' }),
      game.window('second', { own: own.second ?? [], focused: focused === 'second' }),
      game,
    );
}

const windows: Case[] = [
  [
    'two windows: the one that owns the folder announces, at once',
    twoWindows({ first: ['own'], second: ['other'] }, 'second', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(question('q'));
      pass(1_500);
      told(first, 'toast q');
      pass(10 * minute);
      told(second);
    }),
  ],
  [
    'two windows: what belongs to none is announced by the focused one, 700 ms later',
    twoWindows({ first: ['a'], second: ['b'] }, 'second', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(question('q'));
      pass(899);
      told(second);
      pass(1);
      told(second, 'toast q');
      pass(10 * minute);
      told(first);
    }),
  ],
  [
    'two windows: with none in focus another one announces what is urgent after 1.5 s more',
    twoWindows({ first: ['a'], second: ['b'] }, 'none', (first, second, { pass }) => {
      first.arrive(question('q'));
      pass(1_699);
      told(first);
      pass(1);
      told(first, 'toast q');
      told(second);
    }),
  ],
  [
    'two windows: what is not urgent is not announced behind the back of a user who types',
    twoWindows({ first: ['own'], second: ['b'] }, 'first', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(said('m'));
      for (let index = 0; index < 30; index += 1) {
        first.send({ kind: 'typed' });
        pass(1_000);
      }
      told(first);
      told(second);
      pass(4_000);
      told(first, 'toast m');
      told(second);
    }),
  ],
  [
    'two windows: what waits for its turn in one is not announced by the other',
    twoWindows({ first: ['own'], second: ['b'] }, 'first', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(question('q1'), question('q2'));
      pass(5_000);
      told(first, 'toast q1');
      told(second);
    }),
  ],
  [
    'two windows with the same folder: one of them announces',
    twoWindows({ first: ['own'], second: ['own'] }, 'second', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(question('q'));
      pass(10 * minute);
      assert.deepEqual([...first.told, ...second.told], ['toast q']);
    }),
  ],
  [
    'two windows: what one has announced, the other does not announce after a reconnect',
    twoWindows({ first: ['own'], second: ['b'] }, 'first', (first, second, { pass }) => {
      for (const window of [first, second]) window.arrive(question('q'));
      pass(5_000);
      second.send({ kind: 'link', live: false });
      second.send({ kind: 'link', live: true });
      second.send({ kind: 'arrived', event: question('q'), late: true });
      pass(minute);
      told(second);
    }),
  ],
  [
    'two windows: when the one of the folder is closed, the other announces',
    twoWindows({ first: ['own'], second: ['b'] }, 'second', (_first, second, { pass }) => {
      second.arrive(question('q'));
      pass(2_200);
      told(second, 'toast q');
    }),
  ],
  [
    'two windows: a window that gets the focus announces what nobody has',
    twoWindows({ first: ['a'], second: ['b'] }, 'none', (first, _second, { pass, clock }) => {
      first.arrive(said('m'));
      pass(2 * minute);
      told(first);
      first.send({ kind: 'focus', on: true, since: clock.now() });
      pass(10);
      told(first, 'toast m');
    }),
  ],
];

function unfocused(run: (window: PlayedWindow, game: Play) => void): Case[1] {
  return (_, game) => run(game.window('unfocused', { focused: false, command: true }), game);
}

const commands: Case[] = [
  [
    'the command is run when something is announced and nobody looks',
    unfocused((window, { pass }) => {
      window.arrive(question('q'));
      pass(2_000);
      told(window, 'toast q', 'run q');
    }),
  ],
  [
    'the command is not run in a window that the user looks at',
    (_, game) => {
      const window = game.window('focused', { command: true });
      window.arrive(question('q'));
      game.pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'the command is not run unless one is set',
    (_, game) => {
      const window = game.window('unset', { focused: false });
      window.arrive(question('q'));
      game.pass(2_000);
      told(window, 'toast q');
    },
  ],
  [
    'the command runs one at a time; what comes meanwhile is told by one more run',
    unfocused((window, { pass }) => {
      window.arrive(question('q1'));
      pass(2_000);
      for (const id of ['q2', 'q3']) {
        window.close();
        window.arrive(question(id));
        pass(2_000);
      }
      told(window, 'toast q1', 'run q1', 'toast q2', 'toast q3');
      window.send({ kind: 'ran' });
      assert.equal(window.told.at(-1), 'run q2 q3');
    }),
  ],
  [
    'the command does not tell what was resolved before its turn',
    unfocused((window, { pass }) => {
      window.arrive(question('q1'));
      pass(2_000);
      window.close();
      window.arrive(question('q2'));
      pass(2_000);
      window.send({ kind: 'resolved', ids: ['q2'] });
      window.send({ kind: 'ran' });
      told(window, 'toast q1', 'run q1', 'toast q2');
    }),
  ],
  [
    'the command has nothing more to tell once the user is back',
    unfocused((window, { pass, clock }) => {
      window.arrive(question('q1'));
      pass(2_000);
      window.close();
      window.arrive(question('q2'));
      pass(2_000);
      window.send({ kind: 'focus', on: true, since: clock.now() });
      window.send({ kind: 'ran' });
      told(window, 'toast q1', 'run q1', 'toast q2');
    }),
  ],
  [
    'a command that is taken out of the settings is not run any more',
    unfocused((window, { pass }) => {
      window.arrive(question('q1'));
      pass(2_000);
      window.close();
      window.arrive(question('q2'));
      pass(2_000);
      window.send({ kind: 'settings', policy: everything, command: false });
      window.send({ kind: 'ran' });
      told(window, 'toast q1', 'run q1', 'toast q2');
    }),
  ],
  [
    'a digest runs the command once',
    unfocused((window, { pass }) => {
      window.arrive(question('q1'), question('q2'), question('q3'));
      pass(2_000);
      told(window, 'digest q1 q2 q3', 'run q1 q2 q3');
    }),
  ],
];

const bounds: Case[] = [
  [
    'a verdict that does not come holds the others up for two seconds',
    (window, game) => {
      game.claims.delayMs = 1_000_000;
      window.arrive(question('q1'));
      game.pass(1_500);
      game.claims.delayMs = 0;
      window.arrive(question('q2'));
      game.pass(2_000);
      told(window, 'toast q2');
    },
  ],
  [
    'it remembers a thousand, and forgets the oldest first',
    (window) => {
      window.send({ kind: 'known', ids: Array.from({ length: 1_500 }, (_, index) => `q${index}`) });
      assert.equal(window.state.done.size, 1_000);
      assert.ok(window.state.done.has('q1499') && !window.state.done.has('q499'));
    },
  ],
  [
    'a verdict on what is not asked changes nothing',
    (window, { pass }) => {
      const before = window.state;
      window.send({ kind: 'claimed', id: 'nothing', verdict: 'granted' });
      pass(minute);
      assert.deepEqual(window.state.items, before.items);
      told(window);
    },
  ],
];

const all = [falseAlarms, silence, tooMany, inFront, focus, fossils, away, doNotDisturb, settings, windows, commands, bounds].flat();

describe('what the user is told, and when', () => {
  for (const [name, run] of all) {
    it(name, () => {
      const game = play();
      run(game.window(), game);
    });
  }
});
