import { isDeepStrictEqual } from 'node:util';
import {
  commandIds,
  commandsWithArgument,
  containerId,
  contextKeys,
  kanbanType,
  mcpProviderId,
  panelType,
  requestType,
  settingDefaults,
  tourId,
  viewIds,
} from '../../src/ui/ids.ts';

// Holds the manifest against `ui/ids.ts`, both ways, and against the files beside it.

const openWalkthrough = 'workbench.action.openWalkthrough';

type Json = { readonly [key: string]: unknown };

/** What is checked. */
export interface ManifestInput {
  /** package.json. */
  manifest: unknown;
  /** package.nls.json. */
  nls: Json;
  /** Whether the package has this file. */
  hasFile(path: string): boolean;
}

/** What is wrong, a sentence for each; empty when all is well. */
export function checkManifest({ manifest, nls, hasFile }: ManifestInput): string[] {
  const contributes = at(manifest, 'contributes');
  const problems: string[] = [];
  const same = (what: string, declared: readonly string[], known: readonly string[]): void => {
    for (const id of declared) if (!known.includes(id)) problems.push(`${what} ${id} is in the manifest only`);
    for (const id of known) if (!declared.includes(id)) problems.push(`${what} ${id} is in the code only`);
    for (const id of new Set(declared))
      if (declared.filter((other) => other === id).length > 1) problems.push(`${what} ${id} is declared twice`);
  };
  const known = (what: string, used: readonly string[], declared: readonly string[]): void => {
    for (const id of used) if (!declared.includes(id)) problems.push(`${what} names ${id}, which is not declared`);
  };

  const commands = strings(list(at(contributes, 'commands')), 'command');
  same('command', commands, Object.values(commandIds));
  for (const [place, entries] of Object.entries(record(at(contributes, 'menus'))))
    known(`the menu ${place}`, strings(list(entries), 'command'), commands);
  known('a keybinding', strings(list(at(contributes, 'keybindings')), 'command'), commands);
  const links = Object.values(nls).flatMap((text) => [...String(text).matchAll(/\(command:([\w.]+)/g)].map((match) => match[1] ?? ''));
  known('a link', links, [...commands, openWalkthrough]);

  const walkthroughs = list(at(contributes, 'walkthroughs'));
  const tours = Object.values(nls).flatMap((text) =>
    [...String(text).matchAll(/\?%22([\w.]+)%23(\w+)%22/g)].map((match) => `${match[1]}#${match[2]}`),
  );
  const own = `${String(at(manifest, 'publisher'))}.${String(at(manifest, 'name'))}`;
  known(
    'a link to a walkthrough',
    tours,
    strings(walkthroughs, 'id').map((id) => `${own}#${id}`),
  );
  same(
    'walkthrough',
    strings(walkthroughs, 'id').map((id) => `${own}#${id}`),
    [tourId],
  );
  const steps = walkthroughs.flatMap((tour) => list(at(tour, 'steps')));
  const completions = steps.flatMap((step) => list(at(step, 'completionEvents')).map(String));
  known('a step', namedBy(completions, 'onCommand'), commands);

  const palette = list(at(contributes, 'menus', 'commandPalette'));
  const hidden = palette.filter((entry) => at(entry, 'when') === 'false').map((entry) => String(at(entry, 'command')));
  for (const id of commandsWithArgument) if (!hidden.includes(id)) problems.push(`command ${id} needs an argument and is in the palette`);
  for (const id of hidden)
    if (!commandsWithArgument.some((other) => other === id)) problems.push(`command ${id} needs no argument and is not in the palette`);

  const containers = strings(list(at(contributes, 'viewsContainers', 'activitybar')), 'id');
  same('container', containers, [containerId]);
  same('container with views', Object.keys(record(at(contributes, 'views'))), [containerId]);
  const views = Object.values(record(at(contributes, 'views'))).flatMap((entries) => strings(list(entries), 'id'));
  same('view', views, Object.values(viewIds));
  known('a welcome text', strings(list(at(contributes, 'viewsWelcome')), 'view'), views);

  const clauses = values(contributes).flatMap(([key, value]) => (key === 'when' ? [String(value)] : []));
  const named = clauses.flatMap((clause) => [
    ...clause.matchAll(/((?:v|focusedV)iew == |activeWebviewPanelId == |webviewId == '|config\.)?(agentrq\.[\w.]+)/g),
  ]);
  known(
    'a when clause',
    named.flatMap((match) => (match[1]?.endsWith('iew == ') ? [match[2] ?? ''] : [])),
    views,
  );
  const inClauses = named.flatMap((match) => (match[1] === undefined ? [match[2] ?? ''] : []));
  same('context key', [...new Set([...inClauses, ...namedBy(completions, 'onContext')])], contextKeys);

  const sections = list(at(contributes, 'configuration'));
  const settings = new Map(sections.flatMap((section) => Object.entries(record(at(section, 'properties')))));
  same('setting', [...settings.keys()], Object.keys(settingDefaults));
  for (const [id, value] of Object.entries(settingDefaults)) {
    const setting = settings.get(id);
    if (setting !== undefined && !isDeepStrictEqual(at(setting, 'default'), value))
      problems.push(`setting ${id} has another default in the code`);
    const texts = list(at(setting, 'enumDescriptions') ?? []);
    if (texts.length !== list(at(setting, 'enum') ?? []).length) problems.push(`setting ${id} does not describe each of its values`);
  }
  known('restrictedConfigurations', list(at(manifest, 'capabilities', 'untrustedWorkspaces', 'restrictedConfigurations')).map(String), [
    ...settings.keys(),
  ]);
  const references = Object.values(nls).flatMap((text) => [...String(text).matchAll(/`#([\w.]+)#`/g)].map((match) => match[1] ?? ''));
  known('a description', references, [...settings.keys()]);

  for (const [name, script] of Object.entries(record(at(manifest, 'scripts'))))
    if (String(script).includes("'"))
      problems.push(`the script ${name} has single quotes, which the command line of Windows takes as they are`);

  const panels = named.flatMap((match) => (match[1] === 'activeWebviewPanelId == ' ? [match[2] ?? ''] : []));
  known('a when clause', panels, [panelType]);
  const pages = named.flatMap((match) => (match[1] === "webviewId == '" ? [match[2] ?? ''] : []));
  known('a when clause', pages, [panelType, kanbanType, viewIds.inbox]);
  const inSettings = named.flatMap((match) => (match[1] === 'config.' ? [match[2] ?? ''] : []));
  known('a when clause', inSettings, Object.keys(settingDefaults));
  const activation = list(at(manifest, 'activationEvents')).map(String);
  same('activation event', activation, [
    'onStartupFinished',
    'onUri',
    `onWebviewPanel:${panelType}`,
    `onWebviewPanel:${kanbanType}`,
    `onWebviewPanel:${requestType}`,
  ]);

  same('MCP provider', strings(list(at(contributes, 'mcpServerDefinitionProviders')), 'id'), [mcpProviderId]);

  const keys = values(manifest).flatMap(([, value]) => (typeof value === 'string' ? [...(/^%(.+)%$/.exec(value)?.slice(1) ?? [])] : []));
  for (const key of keys) if (nls[key] === undefined) problems.push(`%${key}% has no text in package.nls.json`);
  for (const key of Object.keys(nls)) if (!keys.includes(key)) problems.push(`the text of ${key} is used nowhere`);

  for (const [key, value] of values(manifest)) {
    if (!['icon', 'svg', 'image', 'markdown'].includes(key) || typeof value !== 'string' || value.startsWith('$(')) continue;
    if (!hasFile(value)) problems.push(`the ${key} ${value} does not exist`);
  }
  return problems;
}

/** What completion events of this kind name. */
function namedBy(events: readonly string[], kind: string): string[] {
  return events.flatMap((event) => (event.startsWith(`${kind}:`) ? [event.slice(kind.length + 1)] : []));
}

/** Every member below `value`, with its key. */
function values(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] => [[key, member], ...values(member)]);
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (current, key) => (typeof current === 'object' && current !== null ? (current as Json)[key] : undefined),
    value,
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function record(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function strings(entries: readonly unknown[], key: string): string[] {
  return entries.map((entry) => String(at(entry, key)));
}
