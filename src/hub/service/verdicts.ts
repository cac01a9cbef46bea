/** What each decision is, in a word. */
export const verdicts = {
  allow: 'allowed',
  deny: 'denied',
  approve: 'approved',
  sendBack: 'sent back',
  done: 'done',
  reject: 'rejected',
} as const;
