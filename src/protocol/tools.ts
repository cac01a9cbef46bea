import * as z from 'zod';
import { limits, maxWaitSeconds } from './limits.ts';
import { taskStatuses } from './model.ts';

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
export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  title: string;
  description: string;
  input: Input;
  annotations: Annotations;
}

function tool<Input extends z.ZodObject>(definition: Tool<Input>): Tool<Input> {
  return definition;
}

const reads: Annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const adds: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false };
const sets: Annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const waitArgument = z
  .number()
  .min(0)
  .optional()
  .describe(`Seconds to wait for the person in this call. Left out: as long as your host allows. At most ${maxWaitSeconds}.`);

const placeArguments = {
  file: z.string().optional().describe('The file that this is about, absolute or from your folder.'),
  line: z.number().int().optional().describe('Its line; the first is 1.'),
  end_line: z.number().int().optional(),
  snippet: z.string().optional().describe('What stands there.'),
};
/** Where in a file, as an agent says it. */
export type PlaceInput = z.output<z.ZodObject<typeof placeArguments>>;

// Loose, and as it comes: AgentRQ's gateways send entries without any bytes, which are passed over.
const attachmentsArgument = z
  .array(
    z.looseObject({
      name: z.string().optional(),
      filename: z.string().optional(),
      mimeType: z.string().optional(),
      data: z.string().optional(),
    }),
  )
  .nullish()
  .describe('Files: name, mimeType and data (base64).');
/** Files as an agent sends them. */
export type AttachmentsInput = z.output<typeof attachmentsArgument>;

export const tools = {
  createTask: tool({
    title: 'Create Task',
    description: "Puts a task on the person's board. Assign it to `agent` (you, or whoever takes it next) or to `human`. Returns its id.",
    // Loose, because AgentRQ's agents also send cronSchedule and eventId, which are refused by name.
    input: z.looseObject({
      title: z.string().describe('One line, as a person would say it.'),
      body: z.string().describe('What is to be done, and how one sees that it is done.'),
      assignee: z.string().optional().describe('`agent` (default) or `human`.'),
      attachments: attachmentsArgument,
    }),
    annotations: adds,
  }),
  updateTaskStatus: tool({
    title: 'Update Task Status',
    description: "Moves a task: `ongoing` before you work on it, `blocked` when you can't go on, `completed` when it is done.",
    input: z.looseObject({
      taskId: z.string().describe('The id of the task.'),
      status: z.string().describe(taskStatuses.filter((status) => status !== 'cron').join(' | ')),
    }),
    annotations: sets,
  }),
  reply: tool({
    title: 'Reply',
    description: "Writes a message into a task's thread. The person sees nothing else of your work, so tell them what matters.",
    input: z.looseObject({
      chatId: z.string().describe('The id of the task.'),
      text: z.string().describe('The message, Markdown.'),
      attachments: attachmentsArgument,
    }),
    annotations: adds,
  }),
  getTask: tool({
    title: 'Get Task',
    description: 'Without taskId: the next task that waits for an agent. With taskId: that task, and its conversation if you ask.',
    input: z.looseObject({
      taskId: z.string().optional(),
      includeConversation: z.boolean().optional(),
      cursor: z.number().int().min(0).optional().describe('Where the page of the conversation begins.'),
      limit: z.number().int().min(1).max(limits.conversationPage).optional().describe('Messages in the page (default 5).'),
    }),
    // It gives out the next task, to nobody else for a while: each call may bring another one.
    annotations: adds,
  }),
  getWorkspace: tool({
    title: 'Get Workspace',
    description: 'What this workspace is for, and how many tasks are in which state.',
    input: z.looseObject({}),
    annotations: reads,
  }),
  downloadAttachment: tool({
    title: 'Download Attachment',
    description: 'The bytes of a file that goes with a task or a message, as base64.',
    input: z.looseObject({ attachmentId: z.string().describe('Its id, from the task or the message.') }),
    annotations: reads,
  }),
  askHuman: tool({
    title: 'Ask the Human',
    description:
      'Asks the person and waits a while for the answer. Returns the answer, or `pending` with a request id: then call ' +
      'waitForReply, or do something else first. Asking the same again finds the same request.',
    input: z.looseObject({
      question: z.string().describe('The whole question, with what the person needs to know to decide.'),
      choices: z.array(z.string()).optional().describe('Answers to choose from; the person may also write one of their own.'),
      multiple: z.boolean().optional().describe('More than one of the choices may be taken.'),
      taskId: z.string().optional().describe('The task that the question belongs to.'),
      ...placeArguments,
      wait_s: waitArgument,
    }),
    annotations: adds,
  }),
  requestReview: tool({
    title: 'Request Review',
    description:
      'Asks the person to look at what you have done, and waits a while for the verdict: approved, or sent back with a note. On ' +
      '`pending`, go on as with askHuman.',
    input: z.looseObject({
      summary: z.string().describe('What you have done, and what to look at.'),
      ...placeArguments,
      taskId: z.string().optional().describe('The task that it belongs to.'),
      wait_s: waitArgument,
    }),
    annotations: adds,
  }),
  waitForReply: tool({
    title: 'Wait for Reply',
    description:
      'Waits for the answer to a request, for a message in a task, or, with neither, for anything that the person has for you. ' +
      'Nothing is lost when it returns `pending`: call it again whenever you like.',
    input: z.looseObject({
      requestId: z.string().optional(),
      taskId: z.string().optional(),
      wait_s: waitArgument,
    }),
    // A task of nobody is taken by whoever waits for it.
    annotations: sets,
  }),
  requestPermission: tool({
    title: 'Request Permission',
    description:
      'Asks the person whether a tool may be used, and waits for the verdict. For hosts that have a permission prompt tool ' +
      '(`--permission-prompt-tool`); returns `{"behavior":"allow","updatedInput":…}` or `{"behavior":"deny","message":…}`.',
    input: z.looseObject({
      tool_name: z.string().describe('The tool that wants to be used.'),
      input: z.unknown().describe('Its whole input.'),
      tool_use_id: z.string().optional(),
    }),
    annotations: adds,
  }),
} as const;

export type ToolName = keyof typeof tools;
export type ToolInput<N extends ToolName> = z.output<(typeof tools)[N]['input']>;
