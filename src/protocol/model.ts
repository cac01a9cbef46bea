import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';

// The nouns, each described once. What crosses a process is parsed with these schemas, and the types follow from them.

/** RFC 3339, UTC. */
const timeSchema = z.iso.datetime({ offset: true });

export const taskStatuses = ['notstarted', 'ongoing', 'blocked', 'completed', 'rejected', 'cron'] as const;
export const taskStatusSchema = z.enum(taskStatuses);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/** Who did it. AgentRQ's words, so that its scripts read our tasks. */
export const actorSchema = z.enum(['human', 'agent']);
export type Actor = z.infer<typeof actorSchema>;

/** A folder open in an editor, or a place with a name. Agents' addresses name it. */
export const workspaceSchema = z.object({
  id: idSchema,
  name: z.string(),
  description: z.string(),
  /** The folder's URI, when the workspace stands for one. */
  folder: z.optional(z.string()),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** A file that goes with a message or a task. Its bytes are read by its id. */
export const attachmentSchema = z.object({
  id: idSchema,
  /** Shown, and nothing else: no path. */
  name: z.string(),
  /** What its sender says that it is. */
  mimeType: z.string(),
  /** Bytes. */
  size: z.number(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** What the hub answers to an upload. */
export const uploadedSchema = z.object({ attachment: attachmentSchema });

const lineSchema = z.number().check(z.int(), z.minimum(1));

/** Lines of a file that something is about. */
export const placeSchema = z
  .object({
    /** Absolute, or seen from the agent's folder; as it was given, so it may be anything: nothing is read because of it. */
    file: z.string().check(z.minLength(1), z.maxLength(limits.path), z.regex(/^\P{Cc}*$/u, 'must be one line')),
    /** 1 is the first. */
    line: lineSchema,
    /** The last one, if there are more. */
    endLine: z.optional(lineSchema),
    /** What stood there. */
    snippet: z.optional(z.string().check(z.maxLength(limits.snippet))),
  })
  .check(z.refine(({ line, endLine = line }) => endLine >= line, 'endLine comes before line'));
export type Place = z.infer<typeof placeSchema>;

/**
 * How far a stop has come. `asked`: the agent is to be told, or was told in words, and may go on all the same. `stopped`: it is proven
 * that a tool of it was refused, its turn was cancelled, or its turn has ended.
 */
const stopSchema = z.object({
  state: z.enum(['asked', 'stopped']),
  at: timeSchema,
  /** The message that carries it to the agent. */
  messageId: idSchema,
});

export const taskSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  createdAt: timeSchema,
  updatedAt: timeSchema,
  createdBy: actorSchema,
  assignee: actorSchema,
  status: taskStatusSchema,
  /** One line. */
  title: z.string(),
  body: z.string(),
  /** The place in the queue, smallest first: seconds since 1970 unless somebody moved it. */
  sortOrder: z.number(),
  /** The agent that last worked on it: messages of the user go to that one. */
  agentId: z.optional(idSchema),
  /** When somebody last wrote into its thread, also if that was taken back. What the user did to the task doesn't count. */
  lastMessageAt: z.optional(timeSchema),
  /** The user has put it away: no agent is given it, and no board shows it. */
  archivedAt: z.optional(timeSchema),
  /** What it is about. */
  place: z.optional(placeSchema),
  /** When the user last looked at it, in whichever window. */
  seenAt: z.optional(timeSchema),
  attachments: z.optional(z.array(attachmentSchema)),
  /** The user has stopped the work on it; gone as soon as they write again or it is moved. */
  stop: z.optional(stopSchema),
});
export type Task = z.infer<typeof taskSchema>;

/** `queued`: no agent has seen it. `offered`: it went out with a result. `delivered`: a later call of the agent proves it. */
const deliverySchema = z.enum(['queued', 'offered', 'delivered']);
export type DeliveryState = z.infer<typeof deliverySchema>;

const messageKindSchema = z.enum(['text', 'status']);

/** What the user did to a task, beside writing into it. */
const moveSchema = z.discriminatedUnion('kind', [
  /** `from`: the status that the agent knows of. */
  z.object({ kind: z.literal('status'), from: taskStatusSchema, to: taskStatusSchema }),
  z.object({ kind: z.literal('archive'), archived: z.boolean() }),
  z.object({ kind: z.literal('assign'), to: actorSchema }),
  z.object({ kind: z.literal('edit') }),
  /** `words`: what they said to the agent with it. */
  z.object({ kind: z.literal('stop'), words: z.optional(z.string()) }),
]);
export type Move = z.infer<typeof moveSchema>;

/** AgentRQ's words for what a user says to a task: agents look for them. */
export const taskActionSchema = z.enum(['allow', 'reject', 'allow_all', 'text']);
export type TaskAction = z.infer<typeof taskActionSchema>;

export const messageSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  taskId: idSchema,
  createdAt: timeSchema,
  sender: actorSchema,
  /** `status`: the hub noted that the agent or the user moved the task; `text`: somebody wrote it. */
  kind: messageKindSchema,
  /** Of a note about the user: what they did. */
  move: z.optional(moveSchema),
  /** It reaches the agent as a response to its task. Absent: as a reply. */
  action: z.optional(taskActionSchema),
  text: z.string(),
  /** Which agent wrote it. */
  agentId: z.optional(idSchema),
  /** The question that this reply answered; the answer then carries it to the agent. */
  requestId: z.optional(idSchema),
  /** How far a message of the user has come; absent on an agent's. */
  delivery: z.optional(deliverySchema),
  attachments: z.optional(z.array(attachmentSchema)),
});
export type Message = z.infer<typeof messageSchema>;

/** What an agent wants to do, word for word. */
const permissionSchema = z.object({
  /** The tool's name, as the agent calls it. */
  tool: z.string(),
  /** The whole input: JSON as the agent sent it, or a raw command. */
  input: z.string(),
  /** Why, in the agent's words. */
  description: z.optional(z.string()),
  /** The folder in which it would happen. */
  cwd: z.optional(z.string()),
  /** Which of the agent's subagents wants it, and of what type that is. Absent: the agent itself. */
  subagent: z.optional(z.object({ id: z.string(), type: z.optional(z.string()) })),
  /** The agent sent a preview: there is more that the hub has not seen. */
  partial: z.optional(z.boolean()),
  /** How many uses that are the same in everything wait for this one verdict, if there is more than one. */
  uses: z.optional(z.number()),
});
export type Permission = z.infer<typeof permissionSchema>;

/** A question in a dialog of the agent's own. */
const dialogQuestionSchema = z.object({
  question: z.string(),
  /** A word or two that name it. */
  header: z.optional(z.string()),
  /** What helps to answer it. */
  description: z.optional(z.string()),
  /** Empty: it is answered in words. */
  options: z.array(z.object({ label: z.string(), description: z.optional(z.string()), preview: z.optional(z.string()) })),
  /** More than one of the options may be taken. */
  multiple: z.boolean(),
});
export type DialogQuestion = z.infer<typeof dialogQuestionSchema>;

/** A dialog that the agent shows in its own window as well: the first answer counts, whether it is given there or here. */
const ownDialogSchema = z.discriminatedUnion('kind', [
  /** It asks the user; several questions belong together, and are answered at once. */
  z.object({ kind: z.literal('questions'), questions: z.array(dialogQuestionSchema) }),
  /** It has made a plan, and asks whether to carry it out. */
  z.object({ kind: z.literal('plan') }),
]);
export type OwnDialog = z.infer<typeof ownDialogSchema>;

const decisions = ['allow', 'deny'] as const;
/** On a permission. */
export type Decision = (typeof decisions)[number];

/** `task`: a task that an agent has made for the user. */
const requestKindSchema = z.enum(['question', 'permission', 'review', 'task']);
export type RequestKind = z.infer<typeof requestKindSchema>;

export const requestStatuses = ['open', 'answered', 'delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const;
const requestStatusSchema = z.enum(requestStatuses);
export type RequestStatus = z.infer<typeof requestStatusSchema>;

const wordsDraft = {
  choices: z.optional(z.array(z.string().check(z.maxLength(limits.choice))).check(z.maxLength(limits.choices))),
  text: z.optional(z.string().check(z.maxLength(limits.text))),
  note: z.optional(z.string().check(z.maxLength(limits.note))),
};

const partAnswerSchema = z.object(wordsDraft);
/** The answer to one question of several that belong together. */
export type PartAnswer = z.infer<typeof partAnswerSchema>;

/** How a plan is carried out: the agent asks before each edit, or its edits are accepted. Nothing that allows more is offered. */
const planModeSchema = z.enum(['manual', 'acceptEdits']);
export type PlanMode = z.infer<typeof planModeSchema>;

/**
 * What a user may send as an answer. To a question: choices that were given, words of their own, or both, and a note; to several
 * questions that belong together, `answers`, one for each in their order. To a permission: the decision (`allow`, `deny`), and a note. To
 * a review: the decision (`approve`, `sendBack`), and a note; to a plan also the mode, and the plan as the user has edited it. To a task:
 * the decision (`done`, `reject`, or `allow`: the agent may go on with it), and a note.
 */
export const answerDraftSchema = z.object({
  decision: z.optional(z.enum([...decisions, 'approve', 'sendBack', 'done', 'reject'])),
  ...wordsDraft,
  answers: z.optional(z.array(partAnswerSchema).check(z.maxLength(limits.choices))),
  mode: z.optional(planModeSchema),
  plan: z.optional(z.string().check(z.maxLength(limits.text))),
});
export type AnswerDraft = z.infer<typeof answerDraftSchema>;

const answerSchema = z.extend(answerDraftSchema, {
  at: timeSchema,
  /** The rules that the user made beforehand, when these gave the answer. */
  ruleIds: z.optional(z.array(idSchema)),
  /** The rule that the user made along with it. */
  madeRuleId: z.optional(idSchema),
  /** Of a task: AgentRQ's `allow_all`, which allows no more than `allow` here. */
  allowAll: z.optional(z.boolean()),
  /** The files of the message that gave it. */
  attachments: z.optional(z.array(attachmentSchema)),
});
export type Answer = z.infer<typeof answerSchema>;

/** What an agent needs from the user, and how far it has come. Nobody but the user answers. */
export const requestSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  /** Absent: it belongs to the workspace's inbox. */
  taskId: z.optional(idSchema),
  agentId: z.optional(idSchema),
  kind: requestKindSchema,
  status: requestStatusSchema,
  /** Of a review: what there is to look at. Of a task: its title. */
  question: z.string(),
  /** What it is about. */
  place: z.optional(placeSchema),
  /** Of a permission: what the agent wants to do. */
  permission: z.optional(permissionSchema),
  /** What the agent asks in its own window as well. */
  dialog: z.optional(ownDialogSchema),
  /** Empty: the answer is free text. Otherwise a suggestion: words of the user's own are an answer too. */
  choices: z.array(z.string()),
  /** More than one of the choices may be taken. */
  multiple: z.boolean(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  answer: z.optional(answerSchema),
  /** The answer has been written to the agent whole; that it arrived is not proven yet. */
  handedOver: z.optional(z.boolean()),
});
export type Request = z.infer<typeof requestSchema>;

/** What was asked, and what became of it; with the names that task and agent have, or had where it was exported. */
export const loggedDecisionSchema = z.object({
  request: requestSchema,
  taskTitle: z.optional(z.string()),
  agentName: z.optional(z.string()),
});
export type LoggedDecision = z.infer<typeof loggedDecisionSchema>;

/**
 * What becomes of what the user says to an agent, as far as the hub has seen of its sessions. `now`: it is woken. `turnEnd`: it asks at
 * the end of its turn.
 */
const hearsSchema = z.enum(['now', 'turnEnd']);
export type Hears = z.infer<typeof hearsSchema>;

const presenceFields = {
  /** A stream of it is open, or a call of it is being served. */
  connected: z.boolean(),
  lastHeardAt: timeSchema,
  /** The requests that it waits for right now, the one it has waited for longest first. Hubs of older versions knew one of them. */
  waitingFor: z.optional(
    z.union([
      z.array(idSchema),
      z.pipe(
        idSchema,
        z.transform((id) => [id]),
      ),
    ]),
  ),
  /** Absent: it hears of what the user says when it calls the next time, whenever that is. */
  hears: z.optional(hearsSchema),
};

/** How an agent is there at this moment. The hub keeps it in memory; it is no event of the log. */
export const presenceSchema = z.object({ id: idSchema, workspaceId: idSchema, ...presenceFields });
export type Presence = z.infer<typeof presenceSchema>;

/** Who is on the other end, as it names itself, and its presence. */
export const agentSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  /** From `clientInfo` of MCP: `claude-code`. */
  name: z.string(),
  title: z.optional(z.string()),
  version: z.optional(z.string()),
  ...presenceFields,
  /** What it asks in its own window, where the hub can't answer; absent again once the agent is heard. */
  waitsElsewhere: z.optional(z.object({ text: z.string(), at: timeSchema })),
});
export type Agent = z.infer<typeof agentSchema>;

/**
 * What the user allows once and for all in one workspace: files (`Edit:src/**`), a line of a shell tool (`Bash:npm test`), commands
 * that keep reading (`Bash:git log *`). The grammar began as AgentRQ's.
 */
export const ruleSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  text: z.string(),
  createdAt: timeSchema,
  /** From then on it allows nothing. */
  expiresAt: z.optional(timeSchema),
  /** It may allow what isn't known to keep reading in the workspace. */
  unchecked: z.optional(z.boolean()),
});
export type Rule = z.infer<typeof ruleSchema>;
