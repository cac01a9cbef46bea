/** The name of the practice agent, by which everybody can tell it from one that the person has connected. */
export const practiceName = 'practice-agent';
