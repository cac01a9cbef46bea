/** As long as a press may still be meant for what was there before. Milliseconds. */
export const strayMs = 400;

/** Tells presses that may be meant for what stood there before. */
export interface Stray {
  /** Something that can be pressed has come or moved. */
  moved(): void;
  isStray(): boolean;
}

/** The time counts from when it is on the screen, which on a slow machine is long after it was drawn. */
export function createStray(): Stray {
  let since = Number.NEGATIVE_INFINITY;
  let moves = 0;
  return {
    moved() {
      since = Number.POSITIVE_INFINITY;
      moves += 1;
      const move = moves;
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (move === moves) since = performance.now();
        }),
      );
    },
    isStray: () => performance.now() - since < strayMs,
  };
}
