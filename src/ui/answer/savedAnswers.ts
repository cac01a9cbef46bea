import { limits } from '../../protocol/limits.ts';
import type { Memory } from '../shell/memory.ts';

const maxAnswers = 30;

/** Reusable answers by workspace, the newest first. */
export interface SavedAnswers {
  list(workspaceId: string): readonly string[];
  /** Adds an answer as the first one. Beyond thirty the oldest is dropped. */
  add(workspaceId: string, text: string): void;
  remove(workspaceId: string, text: string): void;
  /** The last answer that was given as text since the window was opened. */
  lastGiven: { workspaceId: string; text: string } | undefined;
}

export function createSavedAnswers(memory: Memory): SavedAnswers {
  function list(workspaceId: string): readonly string[] {
    const stored = memory.get(keyOf(workspaceId));
    return Array.isArray(stored) ? stored.filter((text): text is string => typeof text === 'string' && text.length <= limits.text) : [];
  }

  function save(workspaceId: string, answers: readonly string[]): void {
    void memory.update(keyOf(workspaceId), answers.length === 0 ? undefined : answers.slice(0, maxAnswers));
  }

  return {
    list,
    add: (workspaceId, text) => save(workspaceId, [text, ...list(workspaceId).filter((other) => other !== text)]),
    remove(workspaceId, text) {
      save(
        workspaceId,
        list(workspaceId).filter((other) => other !== text),
      );
    },
    lastGiven: undefined,
  };
}

function keyOf(workspaceId: string): string {
  return `agentrq.answers.${workspaceId}`;
}
