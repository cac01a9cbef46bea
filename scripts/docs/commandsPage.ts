import { type Manifest, type Texts, textOf } from './manifest.ts';
import { table } from './markedPart.ts';

/** Where the menus of the manifest are, in words; views by their names. */
const places: Readonly<Record<string, string>> = {
  'comments/commentThread/context': 'a thread in the code',
  'comments/commentThread/title': 'a thread in the code',
  'editor/context': 'a selection in the editor',
  'editor/lineNumber/context': 'a line number in the editor',
  'editor/title': 'the tab of a task',
  'webview/context': 'a card of the Kanban board',
  'scm/change/title': 'a change in the gutter',
  'scm/resourceState/context': 'a file in Source Control',
  'testing/item/context': 'a test',
  'testing/message/context': 'the message of a failed test',
};

/** Every command: its title, its keys, and where it is beside the Command Palette. */
export function commandsPage({ contributes }: Manifest, texts: Texts): string {
  const { commands, menus, keybindings, views } = contributes;
  const viewNames = new Map(Object.values(views).flatMap((entries) => entries.map(({ id, name }) => [id, textOf(texts, name)] as const)));
  const hidden = new Set((menus['commandPalette'] ?? []).filter(({ when }) => when === 'false').map(({ command }) => command));
  const placesOf = (command: string): string[] =>
    Object.entries(menus).flatMap(([menu, entries]) =>
      menu === 'commandPalette'
        ? []
        : entries.filter((entry) => entry.command === command).map(({ when = '' }) => placeOf(menu, when, viewNames)),
    );
  const rows = commands.map(({ command, title }) => {
    const keys = keybindings.filter((binding) => binding.command === command);
    return [
      `**${textOf(texts, title)}**`,
      keys
        .map(({ key, mac, when = '' }) => `${keyText(key)}${mac === undefined ? '' : ` (${keyText(mac)})`}${whereOf(when, viewNames)}`)
        .join(', '),
      [...(hidden.has(command) ? [] : ['Command Palette']), ...new Set(placesOf(command))].join(', '),
      `\`${command}\``,
    ];
  });
  return table(['Command', 'Keys (on a Mac)', 'Where', 'Id'], rows);
}

function placeOf(menu: string, when: string, viewNames: ReadonlyMap<string, string>): string {
  const view = viewNames.get(/\bview == ([\w.]+)/.exec(when)?.[1] ?? '');
  if (view !== undefined) return menu === 'view/title' ? `the title of *${view}*` : `a row of *${view}*`;
  const page = viewNames.get(/\bwebviewId == '([\w.]+)'/.exec(when)?.[1] ?? '');
  if (page !== undefined) return `a card of *${page}*`;
  return places[menu] ?? fail(menu);
}

function whereOf(when: string, viewNames: ReadonlyMap<string, string>): string {
  const view = viewNames.get(/\bfocusedView == ([\w.]+)/.exec(when)?.[1] ?? '');
  return view === undefined ? '' : ` in *${view}*`;
}

/** `ctrl+k q` → `<kbd>Ctrl</kbd>+<kbd>K</kbd> <kbd>Q</kbd>`. */
function keyText(keys: string): string {
  const one = (key: string): string => `<kbd>${key.charAt(0).toUpperCase()}${key.slice(1)}</kbd>`;
  return keys
    .split(' ')
    .map((chord) => chord.split('+').map(one).join('+'))
    .join(' ');
}

function fail(menu: string): never {
  throw new Error(`nothing says in words where the menu ${menu} is`);
}
