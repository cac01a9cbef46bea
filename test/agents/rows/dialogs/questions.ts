/** A question as Claude's own tool takes it. */
export interface OwnQuestion {
  question: string;
  header: string;
  multiSelect: boolean;
  options: { label: string; description: string }[];
}

export const database: OwnQuestion = {
  question: 'Which database?',
  header: 'Database',
  multiSelect: false,
  options: [
    { label: 'SQLite', description: 'A file' },
    { label: 'PostgreSQL', description: 'A server' },
  ],
};

export const features: OwnQuestion = {
  question: 'Which features?',
  header: 'Features',
  multiSelect: true,
  options: [
    { label: 'Auth', description: 'Users sign in' },
    { label: 'Search, fast', description: 'With an index' },
    { label: 'Export', description: 'As CSV' },
  ],
};

export const name: OwnQuestion = {
  question: 'Which name?',
  header: 'Name',
  multiSelect: false,
  options: [
    { label: 'Shop', description: 'Short' },
    { label: 'Store', description: 'Longer' },
  ],
};

/** The model asks this by the agent's own tool. */
export function asks(...questions: OwnQuestion[]): { own: string; input: { questions: OwnQuestion[] } } {
  return { own: 'AskUserQuestion', input: { questions } };
}
