/** What one of several writers at a time writes; the others are kept until it is their turn. */
export interface OutputTurns {
  /** The next writer: it writes at once while it is the first of those that have not ended. */
  begin(): Output;
}

export interface Output {
  write(chunk: Uint8Array | string): void;
  /** No more comes. The next writer has its turn. */
  end(): void;
}

/** Keeps the output of writers whole, in the order in which they began, when several write at a time. */
export function createOutputTurns(write: (chunk: Uint8Array | string) => void): OutputTurns {
  const writers: { kept: (Uint8Array | string)[]; ended: boolean }[] = [];

  function pass(): void {
    for (let first = writers[0]; first !== undefined; first = writers[0]) {
      for (const chunk of first.kept.splice(0)) write(chunk);
      if (!first.ended) return;
      writers.shift();
    }
  }

  return {
    begin() {
      const writer = { kept: [] as (Uint8Array | string)[], ended: false };
      writers.push(writer);
      return {
        write(chunk) {
          writer.kept.push(chunk);
          pass();
        },
        end() {
          writer.ended = true;
          pass();
        },
      };
    },
  };
}
