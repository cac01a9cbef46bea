/** The choices that are ticked and not sent, by question. */
export interface Ticks {
  ticks(key: string): readonly string[];
  tick(key: string, values: readonly string[]): void;
}

/** Ticks a choice, or takes its tick away. Reads what is ticked at this moment. @param several whether other choices keep their tick */
export function tick(kept: Ticks, key: string, value: string, { on, several }: { on: boolean; several: boolean }): void {
  const others = several ? kept.ticks(key).filter((each) => each !== value) : [];
  kept.tick(key, on ? [...others, value] : others);
}
