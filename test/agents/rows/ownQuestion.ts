import { type Row, works } from './row.ts';
import { waitsThere } from './waitsThere.ts';

/** Its model asks with the agent's own tool for questions, and the user answers on the board. As Claude Code has it. */
export const ownQuestion: Row = async ({ runUnless, user }) => {
  const question = {
    question: 'Which database?',
    header: 'Database',
    multiSelect: false,
    options: [
      { label: 'SQLite', description: 'A file' },
      { label: 'PostgreSQL', description: 'A server' },
    ],
  };
  const wasPlayed = await runUnless(user.isAskedElsewhere, [
    {
      first: () => user.answersNext('question', { choices: ['SQLite'] }),
      own: 'AskUserQuestion',
      input: { questions: [question] },
    },
    { told: /SQLite/, say: 'A file it is.' },
  ]);
  return wasPlayed ? works : waitsThere;
};
