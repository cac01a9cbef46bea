import fc from 'fast-check';
import { allowedBy } from '../../src/hub/rules/allowedBy.ts';
import { knownCommands } from '../../src/hub/rules/known/findKnown.ts';
import type { KnownCommand } from '../../src/hub/rules/known/knownCommand.ts';
import { optionsOf } from '../../src/hub/rules/known/readOptions.ts';
import type { HostileRepository } from './hostileRepository.ts';

/** A line of a shell, and the folder in which it runs. */
export interface Line {
  command: string;
  folder: string;
}

const texts = [
  "'TODO'",
  'foo',
  "'f.*o'",
  "'%h %s'",
  "'%H%n%an'",
  "'%(refname:short)'",
  '1,3',
  "','",
  "'/etc/passwd'",
  "'../x'",
  'main',
  'HEAD',
  "'*.ts'",
  "'a b'",
];
const numbers = ['1', '3', '10', '0', '+2', '-1', '1k'];
const hostile = [
  '/etc/passwd',
  '../outside/secret',
  'out',
  'out/secret',
  'src/passwd',
  '~',
  '-o',
  '-exec',
  '--output=x',
  '-delete',
  '*',
  './*',
  's*/*',
  'src/*.ts',
  '{a,b}',
  '-',
  'none',
];
const revisions = ['HEAD', 'HEAD~1', 'main', 'side', 'v1', 'HEAD~1..HEAD', 'main...side', 'HEAD:src/a.ts', '--', 'stash@{0}'];
const expressions = [
  '-name',
  "'*.ts'",
  '-type',
  'f',
  '-print',
  '-ls',
  '-maxdepth',
  '2',
  '-not',
  "'('",
  "')'",
  '-o',
  '-newer',
  'package.json',
  '-printf',
  "'%p %l'",
  '-size',
  '+1',
  '-empty',
  '-prune',
  '-path',
  "'./src/*'",
  '-mtime',
  '-1',
  '-delete',
  '-exec',
  '-fprint',
  'x',
  '-follow',
  '-L',
  '-samefile',
];

/** Lines that could be written with a command of the table; most are fit to be allowed, and some of each kind are not. */
function commandLine(known: KnownCommand, names: readonly string[]): fc.Arbitrary<string> {
  const listed = [...optionsOf(known)];
  const isGit = known.name.startsWith('git ');
  const name = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.constantFrom(...hostile) });
  const text = fc.oneof(fc.constantFrom(...texts), name);
  const option =
    listed.length === 0
      ? fc.constant('')
      : fc.constantFrom(...listed).chain(([spelling, { value, kind }]) => withValue(spelling, value, kind, text));
  const operand =
    known.operands.kind === 'expression'
      ? fc.oneof(name, fc.constantFrom(...expressions), fc.constantFrom(...expressions))
      : known.operands.kind === 'pattern'
        ? fc.oneof(text, name)
        : ['texts', 'names', 'anyWords'].includes(known.operands.kind)
          ? text
          : isGit
            ? fc.oneof(name, fc.constantFrom(...revisions))
            : name;
  const odd = fc.constantFrom(
    '-o x',
    '--output=x',
    '-f x',
    '-L',
    '-R',
    '--help',
    '-c x=y',
    '--pre=./planted.sh',
    '-O',
    '-e',
    '--exec',
    '--textconv',
    '--ext-diff',
    '-z',
    '-H',
  );
  const words = fc.tuple(fc.array(option, { maxLength: 3 }), fc.array(operand, { maxLength: 3 }), fc.option(odd, { freq: 30 }));
  return words.map(([options, operands, more]) =>
    [known.name, ...(known.name === 'rg' ? ['--no-config'] : []), ...options, ...(more === null ? [] : [more]), ...operands]
      .filter(Boolean)
      .join(' '),
  );
}

function withValue(spelling: string, value: string, kind: string, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const values =
    kind === 'number' ? fc.constantFrom(...numbers) : ['text', 'path'].includes(kind) ? text : fc.constantFrom(...kind.split('|'));
  const joined = values.map((one) => (spelling.startsWith('--') ? `${spelling}=${one}` : spelling + one));
  switch (value) {
    case 'none':
      return fc.constant(spelling);
    case 'optional':
      return fc.oneof(fc.constant(spelling), joined);
    case 'next':
    case 'last':
      return values.map((one) => `${spelling} ${one}`);
    default:
      return fc.oneof(
        joined,
        values.map((one) => `${spelling} ${one}`),
      );
  }
}

/** Lines of one or several commands, in this repository. */
function anyLine({ names, root }: HostileRepository, commands: readonly KnownCommand[]): fc.Arbitrary<Line> {
  const one = fc.constantFrom(...commands).chain((known) => commandLine(known, names));
  const joint = fc.constantFrom(' | ', ' && ', '; ', ' || ');
  const line = fc.oneof(
    { weight: 6, arbitrary: one },
    { weight: 2, arbitrary: fc.tuple(one, joint, one).map((parts) => parts.join('')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('cd src', 'cd docs/deep', 'cd inside', 'cd bare', 'cd out', 'cd ..'), fc.constantFrom(' && ', '; '), one)
        .map((parts) => parts.join('')),
    },
    { weight: 1, arbitrary: one.map((command) => command.replace(/^git /, 'git -C src --no-pager ')) },
  );
  const folder = fc.constantFrom(root, root, `${root}/src`, `${root}/docs/deep`, `${root}/bare`);
  return fc.record({ command: line, folder });
}

/** `count` different lines that stars allow, as many of each command as can be; and how many were looked at for that. */
export function generateLines(
  repository: HostileRepository,
  options: { count: number; seed: number; commands?: readonly KnownCommand[] },
): { lines: Line[]; tried: number } {
  const { count, seed, commands = knownCommands } = options;
  const rules = [...commands.map(({ name }) => ({ text: `Bash:${name} *` })), { text: 'Bash:cd *' }];
  const world = { platform: process.platform, env: repository.env, home: repository.home };
  const found = new Map<string, Line>();
  let tried = 0;
  for (let round = 0; found.size < count && round < 200; round += 1) {
    // Nothing of this may ever hold here.
    if (round === 5 && found.size === 0) break;
    const more = fc.sample(anyLine(repository, commands), { numRuns: 500, seed: seed + round });
    for (const line of more) {
      tried += 1;
      const use = { tool: 'Bash', input: JSON.stringify({ command: line.command }), folder: line.folder, workspaceFolder: repository.root };
      if (found.size < count && allowedBy(rules, use, world) !== undefined) found.set(`${line.folder}\n${line.command}`, line);
    }
  }
  return { lines: [...found.values()], tried };
}
