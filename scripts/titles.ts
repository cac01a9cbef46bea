import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import Mocha from 'mocha';
import { root, slices, suites } from './suites.ts';

// npm run titles: `file: full title` of every test, sorted, without running one.

// Tests for inside VS Code import its API, which only an extension host has. They call it when they run.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: 'data:text/javascript,export{}', shortCircuit: true } : next(specifier, context),
});

const mocha = new Mocha({ ui: 'bdd', forbidOnly: true, forbidPending: true });
for (const path of globSync([...suites, ...slices].flatMap(({ globs }) => globs)).toSorted()) mocha.addFile(join(root, path));
await mocha.loadFilesAsync();
const titles: string[] = [];
mocha.suite.eachTest((test) => titles.push(`${test.file?.slice(root.length + 1)}: ${test.fullTitle()}`));
process.stdout.write(
  titles
    .toSorted()
    .map((title) => `${title}\n`)
    .join(''),
  () => process.exit(0),
);
