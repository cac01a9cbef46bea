import { spawnSync } from 'node:child_process';
import { knownCommands } from '../../src/hub/rules/known/findKnown.ts';
import type { KnownCommand } from '../../src/hub/rules/known/knownCommand.ts';
import { generateLines } from './generateLines.ts';
import { createHostileRepository } from './hostileRepository.ts';
import { type Effect, judgeTrace } from './judgeTrace.ts';
import { traceLines } from './traceLines.ts';

const batch = 250;

/** What came of running lines that stars allow. */
export interface EffectsResult {
  lines: number;
  tried: number;
  /** By command, how many lines began with it or had it in them. */
  byCommand: ReadonlyMap<string, number>;
  effects: readonly Effect[];
  /** Commands that aren't installed here, and weren't run. */
  missing: readonly string[];
}

/**
 * Generates `count` lines that stars allow, half of them where the repository's configuration names programs, and runs them under strace.
 */
export function runEffects(options: {
  count: number;
  seed: number;
  commands?: readonly KnownCommand[];
  told?: (done: number) => void;
}): EffectsResult {
  const { count, seed, told } = options;
  const [commands, missing] = whatIsInstalled(options.commands ?? knownCommands);
  const effects: Effect[] = [];
  const byCommand = new Map<string, number>();
  let [lines, tried] = [0, 0];
  for (const namesPrograms of [false, true]) {
    const repository = createHostileRepository(namesPrograms);
    try {
      // Where it names programs, no star for git may hold, so most of what git can do is run in the other one.
      const generated = generateLines(repository, { count: Math.ceil(count * (namesPrograms ? 0.3 : 0.7)), seed, commands });
      tried += generated.tried;
      for (let at = 0; at < generated.lines.length; at += batch) {
        const traces = traceLines(repository, generated.lines.slice(at, at + batch));
        effects.push(...traces.flatMap((trace) => judgeTrace(trace, repository)));
        lines += traces.length;
        told?.(lines);
      }
      for (const { name } of commands) {
        const uses = generated.lines.filter(({ command }) => command.replace('git -C src --no-pager', 'git').includes(name)).length;
        byCommand.set(name, (byCommand.get(name) ?? 0) + uses);
      }
    } finally {
      repository.remove();
    }
  }
  return { lines, tried, byCommand, effects, missing };
}

function whatIsInstalled(commands: readonly KnownCommand[]): [KnownCommand[], string[]] {
  const programs = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  const missing = programs.filter((program) => spawnSync('/bin/bash', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status !== 0);
  return [commands.filter(({ name }) => !missing.includes(name.split(' ')[0] ?? '')), missing];
}
