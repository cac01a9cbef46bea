import assert from 'node:assert/strict';
import { answerDialog, readDialog, reportedDialog } from '../../../../src/hub/hooks/dialects/claudeDialogs.ts';
import type { HookEventOf } from '../../../../src/hub/hooks/hookEvent.ts';
import type { Answer } from '../../../../src/protocol/model.ts';

const option = (label: string) => ({ label, description: `${label}, described` });
const database = { question: 'Which database?', header: 'Database', multiSelect: false, options: [option('SQLite'), option('Other, big')] };
const features = {
  question: 'Which features?',
  header: 'Features',
  multiSelect: true,
  options: ['Auth', 'Search, fast', 'a "b"', 'x,y'].map(option),
};

describe('the dialogs of Claude Code', () => {
  function asked(tool: string, input: unknown): HookEventOf<'dialog'> {
    const dialog = readDialog(tool, input) ?? assert.fail('it is a dialog');
    return { name: 'PermissionRequest', sessionId: 's', kind: 'dialog', ...dialog, input };
  }

  const decisionOf = (event: HookEventOf<'dialog'>, answer: Omit<Answer, 'at'>): unknown =>
    (answerDialog({ ...answer, at: '' }, event)['hookSpecificOutput'] as { decision: unknown }).decision;

  const answersTo = (questions: readonly unknown[], answer: Omit<Answer, 'at'>): unknown => {
    const input = { questions, metadata: { source: 'x' } };
    const decision = decisionOf(asked('AskUserQuestion', input), answer) as { updatedInput: Record<string, unknown> };
    const { questions: echoed, metadata, ...rest } = decision.updatedInput;
    assert.deepEqual([echoed, metadata], [input.questions, input.metadata], 'what was asked is echoed as it came');
    return rest;
  };

  it('are read whole', () => {
    const questions = [
      { ...database, options: [{ ...option('SQLite'), preview: 'a.db' }] },
      { question: 'Why?', kind: 'text', description: 'In a word.' },
    ];
    assert.deepEqual(readDialog('AskUserQuestion', { questions })?.dialog, {
      kind: 'questions',
      questions: [
        {
          question: 'Which database?',
          header: 'Database',
          options: [{ label: 'SQLite', description: 'SQLite, described', preview: 'a.db' }],
          multiple: false,
        },
        { question: 'Why?', description: 'In a word.', options: [], multiple: false },
      ],
    });
    assert.deepEqual(readDialog('ExitPlanMode', { plan: '# Plan', planFilePath: '/p.md' }), { dialog: { kind: 'plan' }, text: '# Plan' });
  });

  const unclear: [what: string, tool: string, input: unknown][] = [
    ['of another tool', 'Bash', { questions: [database] }],
    ['without questions', 'AskUserQuestion', { questions: [] }],
    ['that asks for a number', 'AskUserQuestion', { questions: [{ question: 'How many?', kind: 'number', min: 1, max: 9 }] }],
    ['with the same question twice', 'AskUserQuestion', { questions: [database, database] }],
    ['with the same label twice', 'AskUserQuestion', { questions: [{ ...database, options: [option('A'), option('A')] }] }],
    ['without a plan', 'ExitPlanMode', { allowedPrompts: [] }],
    ['with an empty plan', 'ExitPlanMode', { plan: '' }],
  ];
  for (const [what, tool, input] of unclear) {
    it(`are left to the terminal: one ${what}`, () => assert.equal(readDialog(tool, input), undefined));
  }

  it('get one answer for each question, as the dialog itself writes it', () => {
    assert.deepEqual(answersTo([database], { choices: ['Other, big'] }), { answers: { 'Which database?': 'Other, big' } });
    assert.deepEqual(answersTo([features], { choices: ['Auth', 'Search, fast', 'a "b"', 'x,y'] }), {
      answers: { 'Which features?': 'Auth, "Search, fast", "a \\"b\\"", x,y' },
    });
    assert.deepEqual(answersTo([database, features], { answers: [{ choices: ['SQLite'] }, { choices: ['Auth'], text: 'and undo' }] }), {
      answers: { 'Which database?': 'SQLite', 'Which features?': 'Auth, and undo' },
    });
  });

  it('get notes beside a choice, and the words of the user as they are', () => {
    assert.deepEqual(answersTo([database], { choices: ['SQLite'], text: 'it is small', note: 'for now' }), {
      answers: { 'Which database?': 'SQLite' },
      annotations: { 'Which database?': { notes: 'it is small\nfor now' } },
    });
    assert.deepEqual(answersTo([database], { text: ' “Mein”,\nor "Baz" ' }), { answers: { 'Which database?': ' “Mein”,\nor "Baz" ' } });
  });

  it('get the words of the user instead of answers where they are about all of several questions', () => {
    const event = asked('AskUserQuestion', { questions: [database, features] });
    assert.deepEqual(decisionOf(event, { text: 'Ask me tomorrow.' }), { behavior: 'deny', message: 'Ask me tomorrow.' });
  });

  describe('for a plan', () => {
    const input = { plan: '# Plan', planFilePath: '/p.md' };
    const event = asked('ExitPlanMode', input);
    const inMode = (mode: string) => [{ type: 'setMode', mode, destination: 'session' }];

    it('get it back with the mode that the user has chosen, edited or not', () => {
      assert.deepEqual(decisionOf(event, { decision: 'approve', mode: 'manual' }), {
        behavior: 'allow',
        updatedInput: input,
        updatedPermissions: inMode('default'),
      });
      assert.deepEqual(decisionOf(event, { decision: 'approve', mode: 'acceptEdits', plan: '# Better' }), {
        behavior: 'allow',
        updatedInput: { ...input, plan: '# Better' },
        updatedPermissions: inMode('acceptEdits'),
      });
    });

    it('ask before each edit where nothing else was chosen', () => {
      const { updatedPermissions } = decisionOf(event, { decision: 'approve' }) as { updatedPermissions: unknown };
      assert.deepEqual(updatedPermissions, inMode('default'));
    });

    it('keep planning with exactly the words of the user', () => {
      assert.deepEqual(decisionOf(event, { decision: 'sendBack', note: 'Cover “tests”, too.' }), {
        behavior: 'deny',
        message: 'Cover “tests”, too.',
      });
      assert.deepEqual(decisionOf(event, { decision: 'sendBack' }), {
        behavior: 'deny',
        message: 'The user wants you to keep planning.',
      });
    });
  });

  it('are known again in a report, whatever else stands there', () => {
    const asks = readDialog('AskUserQuestion', { questions: [database] })?.dialog;
    const report = {
      questions: [{ options: database.options, multiSelect: false, header: 'Database', question: 'Which database?' }],
      answers: { a: 'b' },
    };
    assert.deepEqual(reportedDialog('AskUserQuestion', report), asks);
    assert.deepEqual(reportedDialog('ExitPlanMode', {}), { kind: 'plan' });
    assert.equal(reportedDialog('Bash', { questions: [database] }), undefined);
  });
});
