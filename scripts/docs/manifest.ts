// What the documents read of package.json.

interface Command {
  command: string;
  title: string;
}

interface MenuEntry {
  command?: string;
  when?: string;
}

interface Keybinding {
  command: string;
  key: string;
  mac?: string;
  when?: string;
}

export interface Setting {
  type: string;
  default: unknown;
  scope: string;
  minimum?: number;
  maximum?: number;
  enum?: readonly string[];
  enumDescriptions?: readonly string[];
  markdownDescription: string;
  properties?: Readonly<Record<string, Setting>>;
  additionalProperties?: Setting | false;
}

export interface Manifest {
  contributes: {
    commands: readonly Command[];
    menus: Readonly<Record<string, readonly MenuEntry[]>>;
    keybindings: readonly Keybinding[];
    configuration: readonly { title: string; properties: Readonly<Record<string, Setting>> }[];
    views: Readonly<Record<string, readonly { id: string; name: string }[]>>;
  };
}

/** package.nls.json. */
export type Texts = Readonly<Record<string, string>>;

/** What `%key%` stands for. @throws Error if there is no such text */
export function textOf(texts: Texts, text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  if (key === undefined) return text;
  return texts[key] ?? fail(key);
}

function fail(key: string): never {
  throw new Error(`package.nls.json has no ${key}`);
}
