import { type DialogSession, exactly, openSession } from './dialogs/dialogSession.ts';
import { asks, database } from './dialogs/questions.ts';
import { type Row, works } from './row.ts';

const answered = exactly('Your questions have been answered: "Which database?"="SQLite".');

const dialog = /Which database\?[^]*1\. SQLite/;

/** Its own dialogs are answered or left in the terminal, and their cards go; the hub dies, and the dialog works. As Claude Code has it. */
export const settledThere: Row = async (play) => {
  const session = await openSession(play, 'settled there', [asks(database), { told: answered, say: 'A file it is.' }]);

  await asked(session);
  await session.pressAway(dialog, 'Enter');
  await session.cleared();
  await session.played();

  await session.begin([asks(database)]);
  await asked(session);
  await session.pressAway(dialog, 'Escape');
  await session.cleared();

  await session.begin([asks(database), { told: /clarify/, say: 'Let us talk.' }]);
  await asked(session);
  await session.shows(/Chat about this/);
  await session.pressAway(dialog, '4');
  await session.cleared();
  await session.played();

  await session.begin([asks(database), { told: answered, say: 'A file it is.' }]);
  await asked(session);
  await play.stage.restartHub();
  await session.cleared();
  await session.shows(dialog);
  await session.pressAway(dialog, 'Enter');
  await session.played();

  await session.begin([asks(database)]);
  await asked(session);
  await session.terminal.kill();
  await session.cleared();
  return works;
};

/** It asks in both places. */
async function asked(session: DialogSession): Promise<void> {
  await session.card('question');
  await session.shows(dialog);
}
