type Env = Readonly<Record<string, string | undefined>>;

/** The proxy through which a program that goes by its environment sends what is meant for this machine; `undefined` if there is none. */
export function proxyFor(env: Env): string | undefined {
  const proxy = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'].map((name) => env[name]).find((value) => value);
  const direct = [env['no_proxy'], env['NO_PROXY']].flatMap((value) => value?.split(/[\s,]+/) ?? []);
  return proxy === undefined || direct.some((entry) => coversLoopback.test(entry)) ? undefined : proxy.replace(/\/\/[^/@]*@/, '//');
}

const coversLoopback = /^(?:\*|127\.0\.0\.1(?:\/32)?|127\.0\.0\.0\/8|127\.)$/;
