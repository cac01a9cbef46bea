/** The id of the task that `createTask` made, as the tool says it. */
export function taskIdOf(said: string): string {
  const id = /^task created with id=([0-9A-Za-z]{11})$/.exec(said)?.[1];
  if (id === undefined) throw new Error(`this says no id of a new task: ${said}`);
  return id;
}
