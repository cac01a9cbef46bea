import { HubError } from '../../protocol/hubErrors.ts';
import { type Command, readCommandLine } from './shellCommand.ts';
import { isShellTool, isUnreadShellTool } from './toolUse.ts';
import { anything, formatWords, isAssignment, live, type Word } from './word.ts';

/**
 * An answer that the person gave beforehand, in the grammar of AgentRQ: `Edit` allows each use of that tool, `Bash:git push *`
 * those commands of that shell tool. In a command, `*` stands for any characters of one word, and as the last word for one or more
 * words. `text` is the rule in its one canonical form.
 */
export type Rule = { kind: 'tool'; tool: string; text: string } | { kind: 'command'; tool: string; pattern: Command; text: string };

/** @throws HubError('invalid_input') with a sentence that says what to write instead */
export function parseRule(text: string): Rule {
  const rule = text.trim();
  const colon = rule.indexOf(':');
  const tool = colon === -1 ? rule : rule.slice(0, colon);
  if (colon !== -1 && isShellTool(tool)) return parseCommandRule(tool, rule.slice(colon + 1));
  checkTool(rule, tool);
  return { kind: 'tool', tool: rule, text: rule };
}

function checkTool(rule: string, beforeColon: string): void {
  if (rule === '' || rule === '*') {
    throw new HubError(
      'invalid_input',
      'A rule names a tool. Write a name such as Edit, or a shell tool and a command, such as Bash:git *.',
    );
  }
  if (!/^\P{Cc}+$/u.test(rule)) throw new HubError('invalid_input', 'The name of a tool is one line. Write each rule by itself.');
  if (rule.startsWith('mcp_') && rule.includes('*')) {
    throw new HubError('invalid_input', 'A * stands for nothing in the name of a tool. Write one rule for each tool, with its whole name.');
  }
  const [name = ''] = rule.split('(', 1);
  if (isShellTool(name) && rule.endsWith(')')) {
    throw new HubError('invalid_input', `Write the command after a colon and without brackets, such as ${name}:git push *.`);
  }
  if (isUnreadShellTool(beforeColon) && rule !== beforeColon) {
    throw new HubError('invalid_input', `Commands of ${beforeColon} can't be told apart. Write ${beforeColon} to allow all of them.`);
  }
}

function parseCommandRule(tool: string, source: string): Rule {
  if (source.trim() === '') {
    throw new HubError('invalid_input', `The command is missing. Write ${tool}:git *, for example, or ${tool}:* for each plain command.`);
  }
  const commands = readCommandLine(source, 'bash');
  const [words] = commands ?? [];
  if (words === undefined) {
    throw new HubError(
      'invalid_input',
      "A rule holds plain words, because only those say what will run. Leave out redirections, variables and other programs' output, " +
        "or write 'in single quotes' what is meant literally.",
    );
  }
  if (commands?.length !== 1) {
    throw new HubError('invalid_input', 'A rule is one command. Write one rule for each: they count together for a line that joins them.');
  }
  if (words.some((word) => isAssignment(word) && word.includes(anything))) {
    throw new HubError('invalid_input', 'Write out the value that a variable is set to: a * there could change what the program does.');
  }
  const pattern = words.map(withOnlyStars);
  return { kind: 'command', tool, pattern, text: `${tool}:${formatWords(pattern)}` };
}

/** In a rule, of all that a shell would expand into several words, only `*` means more than itself. */
function withOnlyStars(word: Word): Word {
  return ['?', '[', '{'].reduce((text, char) => text.replaceAll(live + char, char), word);
}
