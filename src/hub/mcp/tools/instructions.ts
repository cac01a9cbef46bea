/** What every agent is told when it connects. Clients show as little as 1,024 characters of it, so it is shorter. */
export const instructions = [
  'AgentRQ is how you reach the user you work for: they see a task board and a notification, not your terminal.',
  '- Call getTask for the next task that waits for you (or createTask for work that you were given elsewhere), and set it `ongoing` with updateTaskStatus first.',
  '- When you need a decision, call askHuman, with choices where you can. On `pending` call waitForReply with the same request id. People take minutes: waiting is normal, and nothing is lost if you do other work meanwhile.',
  '- Report what matters with reply (chatId is the id of the task): the user sees nothing else.',
  '- Every result may end with unread messages from the user, and a `<channel>` message is from them as well: act on it, and answer with reply (its chat_id is the chatId).',
  '- Finish with a summary by reply and updateTaskStatus `completed`; if you can not go on, `blocked`.',
].join('\n');
