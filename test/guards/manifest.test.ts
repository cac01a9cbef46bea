import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestInput } from './checkManifest.ts';
import { checkManifest } from './checkManifest.ts';

const root = join(import.meta.dirname, '../..');

function input(): ManifestInput {
  return {
    manifest: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    nls: JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')),
    hasFile: (path) => existsSync(join(root, path)),
  };
}

/** The manifest after `from` was replaced by `to` all over its text, or in that of package.nls.json. */
function broken(from: string, to: string, part: 'manifest' | 'nls' = 'manifest'): string[] {
  const sound = input();
  const text = JSON.stringify(sound[part]);
  assert.ok(text.includes(from), `the manifest has ${from}`);
  return checkManifest({ ...sound, [part]: JSON.parse(text.replaceAll(from, () => to)) });
}

describe('the manifest', () => {
  it('is what the code says', () => {
    assert.deepEqual(checkManifest(input()), []);
  });

  const planted: [string, string[], RegExp][] = [
    [
      'a command that is only in the manifest',
      broken('{"command":"agentrq.showLog","title"', '{"command":"agentrq.extra","title"'),
      /command agentrq\.extra is in the manifest only/,
    ],
    [
      'a command that is only in the code',
      broken('{"command":"agentrq.showLog","title"', '{"command":"agentrq.extra","title"'),
      /command agentrq\.showLog is in the code only/,
    ],
    [
      'a menu with an unknown command',
      broken('{"command":"agentrq.newTask","when"', '{"command":"agentrq.nothing","when"'),
      /the menu view\/title names agentrq\.nothing/,
    ],
    [
      'a menu of an unknown page',
      broken("webviewId == 'agentrq.kanban'", "webviewId == 'agentrq.nothing'"),
      /a when clause names agentrq\.nothing/,
    ],
    [
      'a keybinding with an unknown command',
      broken('"command":"agentrq.answerNextRequest","key"', '"command":"agentrq.nothing","key"'),
      /a keybinding names agentrq\.nothing/,
    ],
    [
      'a link to an unknown command',
      broken('command:agentrq.connectAgent', 'command:agentrq.nothing', 'nls'),
      /a link names agentrq\.nothing/,
    ],
    [
      'a command with an argument in the palette',
      broken('"agentrq.answerRequest","when":"false"', '"agentrq.answerRequest","when":"true"'),
      /agentrq\.answerRequest needs an argument/,
    ],
    [
      'a hidden command without an argument',
      broken('"agentrq.answerRequest","when":"false"', '"agentrq.newTask","when":"false"'),
      /agentrq\.newTask needs no argument/,
    ],
    [
      'a view that is only in the manifest',
      broken('"id":"agentrq.tasks"', '"id":"agentrq.other"'),
      /view agentrq\.other is in the manifest only/,
    ],
    ['a view that is only in the code', broken('"id":"agentrq.tasks"', '"id":"agentrq.other"'), /view agentrq\.tasks is in the code only/],
    ['another container', broken('"id":"agentrq","title"', '"id":"other","title"'), /container other is in the manifest only/],
    [
      'a welcome text of an unknown view',
      broken('{"view":"agentrq.tasks"', '{"view":"agentrq.other"'),
      /a welcome text names agentrq\.other/,
    ],
    ['a when clause with an unknown view', broken('view == agentrq.tasks', 'view == agentrq.other'), /a when clause names agentrq\.other/],
    [
      'a when clause with an unknown key',
      broken('&& agentrq.pending', '&& agentrq.waiting'),
      /context key agentrq\.waiting is in the manifest only/,
    ],
    ['a context key that nothing uses', broken('agentrq.hasTasks', 'agentrq.pending'), /context key agentrq\.hasTasks is in the code only/],
    [
      'a setting that is only in the manifest',
      broken('"agentrq.hub.port":{', '"agentrq.hub.other":{'),
      /setting agentrq\.hub\.other is in the manifest only/,
    ],
    [
      'a setting that is only in the code',
      broken('"agentrq.hub.port":{', '"agentrq.hub.other":{'),
      /setting agentrq\.hub\.port is in the code only/,
    ],
    ['another default', broken('"default":23837', '"default":23838'), /setting agentrq\.hub\.port has another default/],
    ['a value without a description', broken('"%settings.notifications.level.all%",', ''), /does not describe each of its values/],
    [
      'a restricted setting that does not exist',
      broken('["agentrq.hub.port",', '["agentrq.hub.nothing",'),
      /restrictedConfigurations names agentrq\.hub\.nothing/,
    ],
    [
      'a reference to an unknown setting',
      broken('`#agentrq.notifications.questions#`', '`#agentrq.nothing#`', 'nls'),
      /a description names agentrq\.nothing/,
    ],
    [
      'a step with an unknown command',
      broken('"onCommand:agentrq.openTask"', '"onCommand:agentrq.nothing"'),
      /a step names agentrq\.nothing/,
    ],
    [
      'a step with an unknown context key',
      broken('"onContext:agentrq.hasAnswered"', '"onContext:agentrq.nothing"'),
      /context key agentrq\.nothing is in the manifest only/,
    ],
    [
      'a link to an unknown tour',
      broken('command:agentrq.connectAgent', 'command:workbench.action.openWalkthrough?%22agentrq.agentrq%23nothing%22', 'nls'),
      /a link to a walkthrough names agentrq\.agentrq#nothing/,
    ],
    ['another tour', broken('"id":"firstMinute"', '"id":"other"'), /walkthrough agentrq\.agentrq#firstMinute is in the code only/],
    [
      'a when clause with an unknown setting',
      broken('view == agentrq.inbox', 'config.agentrq.nothing'),
      /a when clause names agentrq\.nothing/,
    ],
    [
      'a picture that does not exist',
      broken('walkthrough/answer.svg', 'walkthrough/none.svg'),
      /the svg media\/walkthrough\/none\.svg does not exist/,
    ],
    ['another MCP provider', broken('"id":"agentrq.hub"', '"id":"agentrq.other"'), /MCP provider agentrq\.other is in the manifest only/],
    ['a key without a text', broken('"view.tasks"', '"view.other"', 'nls'), /%view\.tasks% has no text/],
    ['a text without a use', broken('"view.tasks"', '"view.other"', 'nls'), /the text of view\.other is used nowhere/],
    ['a script with quotes of Unix', broken('\\"src/**\\"', "'src/**'"), /the script cover has single quotes/],
    ['an icon that does not exist', broken('"media/agentrq.svg"', '"media/nothing.svg"'), /the icon media\/nothing\.svg does not exist/],
  ];
  for (const [what, problems, expected] of planted) {
    it(`would not pass with ${what}`, () => assert.match(problems.join('\n'), expected));
  }
});
