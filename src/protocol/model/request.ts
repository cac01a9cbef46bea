import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { attachmentSchema, isoTime, placeSchema } from './members.ts';

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
  at: isoTime,
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

/** `task`: a task that an agent has made for the user. */
const requestKindSchema = z.enum(['question', 'permission', 'review', 'task']);
export type RequestKind = z.infer<typeof requestKindSchema>;

export const requestStatuses = ['open', 'answered', 'delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const;
const requestStatusSchema = z.enum(requestStatuses);
export type RequestStatus = z.infer<typeof requestStatusSchema>;

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
  createdAt: isoTime,
  updatedAt: isoTime,
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
