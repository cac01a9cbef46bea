// What a benchmark is made of.

/**
 * What is measured: a bare server with a write for each event and client, one with a write for each client and turn, a library, the hub.
 */
export type System = 'floor' | 'coalesced' | 'better-sse' | 'agentrq';

export const peers = ['floor', 'coalesced', 'better-sse'] as const satisfies readonly System[];
export type Peer = (typeof peers)[number];

/** The order of a run. */
export const allSystems: readonly System[] = ['floor', 'coalesced', 'agentrq', 'better-sse'];

/** What one measurement found, by name. `lost`, `doubled` and `disordered` count events; one of them above 0 fails the bench. */
export type Figures = Readonly<Record<string, number>>;

/** What is asked of a row: of the ratio to the floor of the same run, or of the figure itself. */
export interface Bar {
  of: 'ratio' | 'figure';
  atLeast?: number;
  atMost?: number;
}

/** A line of the table. */
export interface Row {
  figure: string;
  label: string;
  unit: string;
  bar?: Bar;
}

/** One thing that is measured. */
export type Case = Subject & (InTurn | Together);

interface Subject {
  /** As `--only` names it. */
  scenario: string;
  label: string;
  systems: readonly System[];
  rows: readonly Row[];
}

interface InTurn {
  /** Called for each of the systems in turn. */
  measure(system: System): Promise<Figures>;
}

interface Together {
  /** Measures all of the systems side by side. */
  measureTogether(): Promise<Readonly<Partial<Record<System, Figures>>>>;
}

/** The counters that say whether every event came once, in order. */
export const faults = ['lost', 'doubled', 'disordered'] as const;
