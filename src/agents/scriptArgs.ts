import { parseArgs } from 'node:util';
import { defaultHome } from '../home/ownHub.ts';

/** What an agent's config says when it starts one of our scripts. */
export interface ScriptArgs {
  workspaceId: string;
  /** The hub's folder. */
  home: string;
  /** The dialect of its hooks; only the hook script is told. */
  agent: string | undefined;
  /** The agent goes on without waiting for this event; only the hook script is told. */
  later: boolean;
  /** It waits for the user's next word, and wakes the agent; only the hook script is told. */
  waits: boolean;
  /** Its event is one line, and its input ends with its starter alone; only the hook script is told. */
  held: boolean;
  /** The event is told also when the starter has ended meanwhile; only the hook script is told. */
  outlives: boolean;
  /** How long the agent lets a call wait; only the bridge is told. Whole seconds. */
  waitSeconds: number | undefined;
}

/** Reads the arguments of a script: those after its name. `undefined` if they don't say what is needed. */
export function parseScriptArgs(argv: readonly string[], env: NodeJS.ProcessEnv): ScriptArgs | undefined {
  const text = { type: 'string' } as const;
  const options = {
    workspace: text,
    home: text,
    agent: text,
    'wait-seconds': text,
    later: { type: 'boolean' },
    wait: { type: 'boolean' },
    held: { type: 'boolean' },
    outlive: { type: 'boolean' },
  } as const;
  // A newer version of us may have written the config, so what isn't known is passed over.
  const {
    workspace = '',
    home,
    agent,
    'wait-seconds': seconds,
    later,
    wait,
    held,
    outlive,
  } = parseArgs({ args: [...argv], options, strict: false }).values;
  if (typeof workspace !== 'string' || !/^[0-9A-Za-z]{11}$/.test(workspace)) return undefined;
  return {
    workspaceId: workspace,
    home: typeof home === 'string' && home !== '' ? home : defaultHome(env),
    agent: typeof agent === 'string' && /^[A-Za-z][\w-]*$/.test(agent) ? agent : undefined,
    later: later === true,
    waits: wait === true,
    held: held === true,
    outlives: outlive === true,
    waitSeconds: typeof seconds === 'string' && /^\d{1,6}$/.test(seconds) ? Number(seconds) : undefined,
  };
}
