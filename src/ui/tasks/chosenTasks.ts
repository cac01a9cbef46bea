import type { Board } from '../../client/board.ts';
import type { Task } from '../../protocol/model.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** The tasks of a command: the selected rows if they include the row it was called on, or if it was called on none; otherwise that row. */
export function chosenTasks(board: Board, argument: unknown, selected: readonly unknown[]): Task[] {
  const own = targetOf(argument).taskId;
  const ids = selected.flatMap((row) => targetOf(row).taskId ?? []);
  const chosen = own === undefined || ids.includes(own) ? ids : [own];
  return chosen.flatMap((id) => board.tasks.get(id) ?? []);
}
