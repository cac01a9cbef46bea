import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { goneModules, proxyFor } from '../../../../src/agents/doctor/surroundings.ts';

describe('the proxy of an environment', () => {
  const proxy = 'http://proxy.example:3128';
  const cases: readonly [{ [name: string]: string }, string | undefined][] = [
    [{}, undefined],
    [{ HTTP_PROXY: proxy }, proxy],
    [{ http_proxy: proxy }, proxy],
    [{ ALL_PROXY: 'socks5://proxy.example' }, 'socks5://proxy.example'],
    [{ HTTPS_PROXY: proxy }, undefined],
    [{ HTTP_PROXY: '' }, undefined],
    [{ HTTP_PROXY: 'http://me:secret@proxy.example' }, 'http://proxy.example'],
    [{ HTTP_PROXY: proxy, NO_PROXY: 'localhost,.example' }, proxy],
    [{ HTTP_PROXY: proxy, NO_PROXY: 'localhost, 127.0.0.1' }, undefined],
    [{ HTTP_PROXY: proxy, no_proxy: '127.0.0.0/8' }, undefined],
    [{ HTTP_PROXY: proxy, NO_PROXY: '*' }, undefined],
  ];
  for (const [env, expected] of cases)
    it(`is ${expected ?? 'none'} with ${JSON.stringify(env)}`, () => assert.equal(proxyFor(env), expected));
});

describe('the files that NODE_OPTIONS names', () => {
  const there = import.meta.filename;
  const cases: readonly [string | undefined, string[]][] = [
    [undefined, []],
    ['--max-old-space-size=4096 --inspect', []],
    [`--require ${there}`, []],
    ['--require /gone/bootloader.js', ['/gone/bootloader.js']],
    ['-r /gone/a.js --import=/gone/b.mjs', ['/gone/a.js', '/gone/b.mjs']],
    ['--require "/gone in here/a.js"', ['/gone in here/a.js']],
    [`--import ${pathToFileURL(there).href} --import file:///gone/c.mjs`, ['/gone/c.mjs']],
    ['--require dotenv/config --require', []],
  ];
  for (const [options, gone] of cases)
    it(`that are gone are ${gone.join(', ') || 'none'}: ${options}`, () => assert.deepEqual(goneModules(options), gone));
});
