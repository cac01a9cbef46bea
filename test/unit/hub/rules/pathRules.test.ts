import assert from 'node:assert/strict';
import { linkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { matchPath } from '../../../../src/hub/rules/pathRule.ts';
import { proposeRules } from '../../../../src/hub/rules/proposeRules.ts';
import { isProtected } from '../../../../src/hub/rules/protectedPath.ts';
import { runs } from '../../../support/generated.ts';
import { createScratchWorkspace, type ScratchWorkspace } from './scratchWorkspace.ts';

describe('rules for files', () => {
  let workspace: ScratchWorkspace;
  before(() => {
    workspace = createScratchWorkspace();
    workspace.link('out', workspace.outside);
    workspace.link('source', 'src');
    workspace.link('git', '.git');
    workspace.link('instructions', 'CLAUDE.md');
    workspace.write('CLAUDE.md', 'x');
    linkSync(join(workspace.root, 'src/app.ts'), join(workspace.root, 'src/twin.ts'));
  });
  after(() => workspace.remove());

  const edit = (file_path: string, tool = 'Edit') =>
    workspace.use('', { tool, input: JSON.stringify({ file_path, old_string: 'a', new_string: 'b' }) });
  const allows = (rule: string, path: string, tool?: string) => workspace.allows([rule], edit(path, tool));

  it('are proposed as the file and its folder', () => {
    const texts = (path: string) => proposeRules(edit(path), workspace.world).map((one) => one.texts.join());
    assert.deepEqual(texts(join(workspace.root, 'src/ui/row.ts')), ['Edit:src/ui/row.ts', 'Edit:src/ui/**']);
    assert.deepEqual(texts('README.md'), ['Edit:README.md', 'Edit:*']);
    assert.deepEqual(texts('docs/a b.md'), ['Edit:docs/a b.md', 'Edit:docs/**']);
    for (const path of ['.git/config', '/etc/passwd', '../x', 'CLAUDE.md']) assert.deepEqual(texts(path), [], path);
  });

  it('allow what they name, in the workspace', () => {
    for (const path of ['src/ui/row.ts', join(workspace.root, 'src/ui/row.ts'), 'source/ui/row.ts', 'src/ui/new.ts', 'src/new/new.ts'])
      assert.ok(allows('Edit:src/**', path), path);
    for (const path of [
      'README.md',
      'test/app.test.ts',
      'srcs/x',
      'out/x',
      '../src/x',
      '/etc/passwd',
      'src/../README.md',
      '~/src/x',
      'none/../../x',
      'src\0x',
    ])
      assert.ok(!allows('Edit:src/**', path), path);
    assert.ok(allows('Edit', 'src/ui/row.ts') && allows('Edit:**', 'README.md') && allows('Edit:src/*.ts', 'src/new.ts'));
    assert.ok(!allows('Edit:src/*.ts', 'src/ui/row.ts') && !allows('Edit:src/**', 'src/ui/row.ts', 'Write'));
    assert.ok(!workspace.allows(['Edit:src/**'], { ...edit('src/x'), folder: undefined }));
    assert.ok(!workspace.allows(['Edit:**'], { ...edit('src/x'), folder: workspace.outside }));
  });

  it('never cover what configures programs or agents', () => {
    const paths = [
      '.git/config',
      '.GIT/config',
      'a/.git/hooks/x',
      '.claude/settings.json',
      '.Claude/x',
      '.codex/config.toml',
      '.gemini/x',
      '.cursor/mcp.json',
      '.github/workflows/x.yml',
      '.vscode/tasks.json',
      '.mcp.json',
      '.envrc',
      '.env',
      '.husky/pre-commit',
      '.npmrc',
      'AGENTS.md',
      'agents.md',
      'sub/CLAUDE.md',
      'GEMINI.md',
      'package.json',
      'web/package.json',
      'Makefile',
      'vite.config.ts',
      'x.code-workspace',
      'node_modules/a/index.js',
      'hooks/pre-commit',
      '.git /x',
      '.git./x',
      '.g\u200cit/config',
      'GIT~1/config',
      'CLAUDE.MD.',
      'claude.md::$DATA',
      'ＡGENTS.md',
      'git/config',
      'instructions',
      '.gitattributes',
      'conftest.py',
    ];
    for (const path of paths) {
      for (const rule of ['Edit', 'Edit:**', `Edit:${path}`]) assert.ok(!allows(rule, path), path);
    }
    for (const path of ['src/hooks/useX.ts', 'docs/agents.txt', 'src/package.ts', 'a.b/c.d']) assert.ok(!isProtected(path), path);
  });

  it('never cover the hooks that the configuration of git names', () => {
    assert.ok(allows('Edit:**', 'tools/git/pre-commit'));
    workspace.git('config', 'core.hooksPath', 'tools/git');
    assert.ok(!allows('Edit:**', 'tools/git/pre-commit') && allows('Edit:**', 'tools/other/pre-commit'));
    assert.ok(allows('Read:**', 'tools/git/pre-commit', 'Read'));
    workspace.git('config', '--unset', 'core.hooksPath');
  });

  it('never cover a file that has another name elsewhere', () => {
    assert.ok(!allows('Edit:**', 'src/twin.ts') && !allows('Edit:**', 'src/app.ts'));
    assert.ok(allows('Read:**', 'src/app.ts', 'Read'));
  });

  it('know the tools of each agent by their members, and ask where it is not certain which file is meant', () => {
    const inputs: [string, object][] = [
      ['Write', { file_path: 'src/x', content: '' }],
      ['MultiEdit', { file_path: 'src/x', edits: [] }],
      ['NotebookEdit', { notebook_path: 'src/x' }],
      ['write_file', { file_path: 'src/x', content: '' }],
      ['replace', { file_path: 'src/x' }],
      ['create', { path: 'src/x' }],
      ['edit', { path: 'src/x' }],
      ['create_file', { filePath: 'src/x' }],
      ['multi_replace_string_in_file', { replacements: [{ filePath: 'src/x' }, { filePath: 'src/y' }] }],
      ['write_to_file', { path: 'src/x' }],
      ['read_file', { absolute_path: 'src/x' }],
    ];
    for (const [tool, input] of inputs)
      assert.ok(workspace.allows([`${tool}:src/**`], workspace.use('', { tool, input: JSON.stringify(input) })), tool);
    const odd: [string, string][] = [
      ['Edit', '{}'],
      ['Edit', '{"path":"src/x"}'],
      ['Edit', '{"file_path":["src/x"]}'],
      ['Edit', 'src/x'],
      ['edit', '{"path":"src/x","filePath":"/etc/x"}'],
      ['multi_replace_string_in_file', '{"replacements":[]}'],
      ['multi_replace_string_in_file', '{"replacements":[{"filePath":"src/x"},{}]}'],
    ];
    for (const [tool, input] of odd) assert.ok(!workspace.allows([`${tool}:**`, tool], workspace.use('', { tool, input })), input);
  });

  it('fit a path as its parts say', () => {
    const segment = fc.stringMatching(/^[ab.]{1,3}$/);
    const path = fc.array(segment, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        const [name, folder] = [one.join('/'), other.join('/')];
        assert.ok(
          matchPath(name, name) &&
            matchPath('**', name) &&
            matchPath(`${folder}/**`, `${folder}/${name}`) &&
            matchPath(`**/${name}`, `${folder}/${name}`),
        );
        assert.ok(matchPath(`**/${name}`, name) && matchPath(`${folder}/*`, `${folder}/a`) && !matchPath(`${folder}/*`, `${folder}/a/b`));
        assert.equal(matchPath(`${folder}/**`, name), name.startsWith(`${folder}/`));
        assert.equal(matchPath(name, folder), name === folder);
      }),
      { numRuns: runs(500) },
    );
  });
});
