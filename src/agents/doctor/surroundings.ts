import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that `NODE_OPTIONS` names and that are gone: no Node starts with them. A debugger leaves such words in a terminal. */
export function goneModules(options: string | undefined): string[] {
  const words = options?.match(/"(?:\\.|[^"\\])*"|\S+/g)?.map((word) => word.replaceAll(/^"|"$/g, '')) ?? [];
  const named = words.flatMap((word, index) => {
    const [flag = '', value] = word.split(/=(.*)/s);
    return /^(?:-r|--require|--import|--(?:experimental-)?loader)$/.test(flag) ? [value ?? words[index + 1] ?? ''] : [];
  });
  return named.map(pathOf).filter((path) => path !== undefined && !existsSync(path)) as string[];
}

/** `undefined` for a package, which only Node finds. */
function pathOf(name: string): string | undefined {
  if (isAbsolute(name)) return name;
  try {
    return name.startsWith('file:') ? fileURLToPath(name) : undefined;
  } catch {
    return undefined;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** The proxy through which a program that goes by its environment sends what is meant for this machine; `undefined` if there is none. */
export function proxyFor(env: Env): string | undefined {
  const proxy = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'].map((name) => env[name]).find((value) => value);
  const direct = [env['no_proxy'], env['NO_PROXY']].flatMap((value) => value?.split(/[\s,]+/) ?? []);
  return proxy === undefined || direct.some((entry) => coversLoopback.test(entry)) ? undefined : proxy.replace(/\/\/[^/@]*@/, '//');
}

const coversLoopback = /^(?:\*|127\.0\.0\.1(?:\/32)?|127\.0\.0\.0\/8|127\.)$/;
