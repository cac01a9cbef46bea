import type { RequestKind } from '../../protocol/model.ts';

/** The codicon of what an agent needs. */
export const requestIcons: { readonly [K in RequestKind]: string } = {
  question: 'question',
  permission: 'shield',
  review: 'eye',
  task: 'checklist',
};
