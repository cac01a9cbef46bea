/** The JSON of the events in what has come over a stream so far, as it was written. An event that has come in part is none yet. */
export function eventData(text: string): string[] {
  const whole = text.slice(0, text.lastIndexOf('\n\n') + 1);
  // A text in it may hold other signs that end a line elsewhere.
  return [...whole.matchAll(/^data: (\{[^\n]*)\n/gm)].map(([, data]) => data ?? '');
}
