import { limits, maxWaitSeconds } from './limits.ts';
import { taskStatuses } from './model.ts';
import { type Fields, type InputOf, optional, required, unlisted } from './toolFields.ts';

// What an agent can do, one entry for each tool. Names and arguments of the first five are AgentRQ's; hosts swallow tools that
// are named `ask_user` or `request_user_input`, so ours are called otherwise.

/** Hints for the agent's host: may it call this without asking? (MCP, ToolAnnotations) */
interface Annotations {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** A tool as it is listed. */
export interface Tool<Input extends Fields = Fields> {
  title: string;
  description: string;
  input: Input;
  annotations: Annotations;
}

function tool<Input extends Fields>(definition: Tool<Input>): Tool<Input> {
  return definition;
}

const reads: Annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const adds: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false };
const sets: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const waitArgument = optional('number', {
  minimum: 0,
  description: `Seconds to wait for the user in this call. Left out: as long as your host allows. At most ${maxWaitSeconds}.`,
});

const placeArguments = {
  file: optional('text', 'The file that this is about, absolute or from your folder.'),
  line: optional('whole', { minimum: 1, description: 'Its line; the first is 1.' }),
  end_line: optional('whole', { minimum: 1 }),
  snippet: optional('text', 'What stands there.'),
};
/** Where in a file, as an agent says it. */
export type PlaceInput = InputOf<typeof placeArguments>;

const attachmentsArgument = optional('files', 'Files: name, mimeType and data (base64).');

export const tools = {
  createTask: tool({
    title: 'Create Task',
    description:
      "Puts a task on the user's board. Assign it to `agent` (you, or the next agent that asks for a task) or to `human` (the user). Returns its id.",
    input: {
      title: required('text', 'One line, in plain words.'),
      body: required('text', 'What is to be done, and how one sees that it is done.'),
      assignee: optional('text', '`agent` (default) or `human`.'),
      // AgentRQ's agents send them, and are told that there is no such thing here yet.
      cronSchedule: unlisted('text'),
      eventId: unlisted('text'),
      attachments: attachmentsArgument,
    },
    annotations: adds,
  }),
  updateTaskStatus: tool({
    title: 'Update Task Status',
    description: "Moves a task: `ongoing` before you work on it, `blocked` when you can't go on, `completed` when it is done.",
    input: {
      taskId: required('text', 'The id of the task.'),
      status: required('text', taskStatuses.filter((status) => status !== 'cron').join(' | ')),
    },
    annotations: sets,
  }),
  reply: tool({
    title: 'Reply',
    description: "Writes a message into a task's thread. The user sees nothing else of your work, so tell them what matters.",
    input: {
      chatId: required('text', 'The id of the task.'),
      text: required('text', 'The message, Markdown.'),
      attachments: attachmentsArgument,
    },
    annotations: adds,
  }),
  getTask: tool({
    title: 'Get Task',
    description: 'Without taskId: the next task that waits for an agent. With taskId: that task, and its conversation if you ask.',
    input: {
      taskId: optional('text'),
      includeConversation: optional('flag'),
      cursor: optional('whole', { minimum: 0, description: 'Where the page of the conversation begins.' }),
      limit: optional('whole', { minimum: 1, maximum: limits.conversationPage, description: 'Messages in the page (default 5).' }),
    },
    // It gives out the next task, to nobody else for a while: each call may bring another one.
    annotations: adds,
  }),
  getWorkspace: tool({
    title: 'Get Workspace',
    description: 'What this workspace is for, and how many tasks are in which state.',
    input: {},
    annotations: reads,
  }),
  downloadAttachment: tool({
    title: 'Download Attachment',
    description: 'The bytes of a file that goes with a task or a message, as base64.',
    input: { attachmentId: required('text', 'Its id, from the task or the message.') },
    annotations: reads,
  }),
  askHuman: tool({
    title: 'Ask the Human',
    description:
      'Asks the user and waits a while for the answer. Returns the answer, or `pending` with a request id: then call ' +
      'waitForReply, or do something else first. Asking the same again finds the same request.',
    input: {
      question: required('text', 'The whole question, with what the user needs to know to decide.'),
      choices: optional('texts', 'Answers to choose from; the user may also write one of their own.'),
      multiple: optional('flag', 'More than one of the choices may be taken.'),
      taskId: optional('text', 'The task that the question belongs to.'),
      ...placeArguments,
      wait_s: waitArgument,
    },
    annotations: adds,
  }),
  requestReview: tool({
    title: 'Request Review',
    description:
      'Asks the user to look at what you have done, and waits a while for the verdict: approved, or sent back with a note. On ' +
      '`pending`, go on as with askHuman.',
    input: {
      summary: required('text', 'What you have done, and what to look at.'),
      ...placeArguments,
      taskId: optional('text', 'The task that it belongs to.'),
      wait_s: waitArgument,
    },
    annotations: adds,
  }),
  waitForReply: tool({
    title: 'Wait for Reply',
    description:
      'Waits for the answer to a request, for a message in a task, or, with neither, for anything that the user has for you. ' +
      'Nothing is lost when it returns `pending`: call it again whenever you like.',
    input: {
      requestId: optional('text'),
      taskId: optional('text'),
      wait_s: waitArgument,
    },
    // A task without an agent is given to the agent that waits for it.
    annotations: sets,
  }),
  requestPermission: tool({
    title: 'Request Permission',
    description:
      'Asks the user whether a tool may be used, and waits for the verdict. For hosts that have a permission prompt tool ' +
      '(`--permission-prompt-tool`); returns `{"behavior":"allow","updatedInput":…}` or `{"behavior":"deny","message":…}`.',
    input: {
      tool_name: required('text', 'The tool that wants to be used.'),
      input: required('anything', 'Its whole input.'),
      tool_use_id: optional('text'),
    },
    annotations: adds,
  }),
} as const;

export type ToolName = keyof typeof tools;
export type ToolInput<N extends ToolName> = InputOf<(typeof tools)[N]['input']>;
