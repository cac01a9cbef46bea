// What the arguments of a tool are made of. From a table of them come the types, what is listed to agents, and how a call is read.

/** What a member holds. */
type Kinds = {
  text: string;
  whole: number;
  number: number;
  flag: boolean;
  texts: string[];
  files: FileInput[];
  /** A program's own: it is passed on to the letter, whatever it is. */
  anything: unknown;
};

/** A file as an agent sends it. AgentRQ's gateways send entries without any bytes. */
export interface FileInput {
  name?: string;
  filename?: string;
  mimeType?: string;
  data?: string;
}

export interface Field<K extends keyof Kinds = keyof Kinds, Required extends boolean = boolean> {
  kind: K;
  required: Required;
  description?: string;
  /** It is read, and not listed. */
  hidden?: true;
  minimum?: number;
  /** What is more is taken for this much. */
  maximum?: number;
}
export type Fields = Readonly<Record<string, Field>>;

type About = Pick<Field, 'description' | 'minimum' | 'maximum'>;

export function required<K extends keyof Kinds>(kind: K, description: string): Field<K, true> {
  return { kind, required: true, description };
}

export function optional<K extends keyof Kinds>(kind: K, about: string | About = {}): Field<K, false> {
  return { kind, required: false, ...(typeof about === 'string' ? { description: about } : about) };
}

export function unlisted<K extends keyof Kinds>(kind: K): Field<K, false> {
  return { kind, required: false, hidden: true };
}

type NamesOf<F extends Fields, Required extends boolean> = { [N in keyof F]: F[N]['required'] extends Required ? N : never }[keyof F];
type ValueOf<F extends Field> = Kinds[F['kind']];

/** The arguments as a tool gets them. */
export type InputOf<F extends Fields> = { [N in NamesOf<F, true>]: ValueOf<F[N]> } & {
  [N in NamesOf<F, false>]?: ValueOf<F[N]> | undefined;
};

const strings = (...names: string[]): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, { type: 'string' }]));

const schemas: Record<keyof Kinds, Record<string, unknown>> = {
  text: { type: 'string' },
  whole: { type: 'integer' },
  number: { type: 'number' },
  flag: { type: 'boolean' },
  texts: { type: 'array', items: { type: 'string' } },
  files: { type: 'array', items: { type: 'object', properties: strings('name', 'filename', 'mimeType', 'data') } },
  anything: { type: 'object' },
};

/**
 * The arguments as JSON Schema, in no more words than every provider of models takes: each member has a type, and nothing names a dialect,
 * combines schemas or says what else may stand there. A client may load a dialect that is named from the network, and without one it
 * leaves out the tool (VS Code 1.105).
 */
export function jsonSchemaOf(fields: Fields): Record<string, unknown> {
  const listed = Object.entries(fields).filter(([, { hidden }]) => hidden !== true);
  const properties = listed.map(([name, { kind, required: _required, ...about }]) => [name, { ...schemas[kind], ...about }]);
  const needed = listed.filter(([, field]) => field.required).map(([name]) => name);
  return { type: 'object', properties: Object.fromEntries(properties), ...(needed.length > 0 && { required: needed }) };
}
