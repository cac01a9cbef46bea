import { laterAnswer } from './laterAnswer.ts';
import { ownQuestion } from './ownQuestion.ts';
import { permission } from './permission.ts';
import { planRow } from './plan.ts';
import { preApproval } from './preApproval.ts';
import { question } from './question.ts';
import { questionThere } from './questionThere.ts';
import { restartedHub } from './restartedHub.ts';
import type { Row } from './row.ts';
import type { RowId } from './rowIds.ts';
import { settledThere } from './settledThere.ts';
import { stillAsks } from './stillAsks.ts';
import { stopHook } from './stopHook.ts';
import { stopped } from './stopped.ts';
import { tasks } from './tasks.ts';
import { unreadMessage } from './unreadMessage.ts';
import { woken } from './woken.ts';

export const rows: { readonly [K in RowId]: Row } = {
  tasks,
  question,
  'later answer': laterAnswer,
  permission,
  'unread message': unreadMessage,
  'stop hook': stopHook,
  'pre-approval': preApproval,
  'still asks': stillAsks,
  'restarted hub': restartedHub,
  stopped,
  'own question': ownQuestion,
  plan: planRow,
  'settled there': settledThere,
  'question there': questionThere,
  woken,
};
