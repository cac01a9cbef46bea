import assert from 'node:assert/strict';
import type { AnswerDraft } from '../../../src/protocol/model.ts';
import { exactly, openSession } from './dialogs/dialogSession.ts';
import { asks, database, features, name, type OwnQuestion } from './dialogs/questions.ts';
import { type Row, works } from './row.ts';

const carryOn = 'You can now continue with these answers in mind.';
const readCarefully = 'Read the answers carefully';
const ownWords = 'Mein “Lädchen”,\nor "Baz"';

/** What is asked, how the user answers on the board, and what the model is told. */
const asked: readonly [questions: OwnQuestion[], answer: AnswerDraft, told: string][] = [
  [[database], { choices: ['SQLite'] }, `Your questions have been answered: "Which database?"="SQLite". ${carryOn}`],
  [[database], { text: ownWords }, `The user answered: "Which database?"="${ownWords}". ${readCarefully}`],
  [
    [database],
    { choices: ['PostgreSQL'], note: 'as it is there' },
    `The user answered: "Which database?"="PostgreSQL" notes: as it is there. ${readCarefully}`,
  ],
  [
    [features],
    { choices: ['Auth', 'Search, fast'] },
    `Your questions have been answered: "Which features?"="Auth, "Search, fast"". ${carryOn}`,
  ],
  [
    [database, features, name],
    { answers: [{ choices: ['SQLite'] }, { choices: ['Auth', 'Export'] }, { choices: ['Shop'] }] },
    `Your questions have been answered: "Which database?"="SQLite", "Which features?"="Auth, Export", "Which name?"="Shop". ${carryOn}`,
  ],
  [
    [database, features, name],
    { answers: [{ choices: ['SQLite'], note: 'it is small' }, { choices: ['Auth'], text: 'and undo' }, { text: 'Baz' }] },
    `The user answered: "Which database?"="SQLite" notes: it is small, "Which features?"="Auth, and undo", "Which name?"="Baz". ${readCarefully}`,
  ],
  [[database, name], { text: 'Ask me tomorrow.' }, 'Ask me tomorrow.'],
];

/** Its model asks with the agent's own tool for questions, and the user answers on the board, in each way. As Claude Code has it. */
export const ownQuestion: Row = async (play) => {
  const script = asked.flatMap(([questions, , told], index) => {
    const before = asked[index - 1]?.[2];
    const ask = { ...asks(...questions), ...(before !== undefined && { told: exactly(before) }) };
    return index + 1 < asked.length ? [ask] : [ask, { told: exactly(told), say: 'I know enough.' }];
  });
  const session = await openSession(play, 'own question', script);
  for (const [questions, answer] of asked) {
    const card = await session.card('question');
    assert.deepEqual(
      card.dialog?.kind === 'questions' &&
        card.dialog.questions.map(({ question, header, options, multiple }) => [question, header, options, multiple]),
      questions.map(({ question, header, options, multiSelect }) => [question, header, options, multiSelect]),
      'all of it is on the board',
    );
    await session.shows(exactly(questions[0]?.question ?? ''));
    await session.answer(card, answer);
  }
  await session.played();
  await session.cleared();
  return works;
};
