import fc from 'fast-check';

const blank = fc.constantFrom('', ' ', '  ', '\t', '\n', '\n  ', '\r\n\t', '\n\n', ' /* why */ ', ' // so\n', '\n  // "a": {,\n  ');
const key = fc.oneof(fc.constantFrom('a', 'b c', '__proto__', 'toString', '"q"', '{', '//'), fc.string({ maxLength: 4 }));
const scalar = fc.oneof(
  fc.constantFrom('null', 'true', '-1.5e3', '"//"', '"}"', '"\\u0041\\n"', '""'),
  fc.string({ maxLength: 6, unit: 'grapheme' }).map((text) => JSON.stringify(text)),
);

/** Text of JSON with comments, written in every way that is allowed. */
const { value: anyJson } = fc.letrec<{ value: string; object: string; array: string }>((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: 'small' }, scalar, tie('object'), tie('array')),
  array: listOf(
    '[',
    ']',
    fc.tuple(blank, tie('value'), blank).map((parts) => parts.join('')),
  ),
  object: fc
    .uniqueArray(key, { maxLength: 3 })
    .chain((keys) => objectOf(keys.map((name) => tie('value').map((text): [string, string] => [name, text])))),
}));

function listOf(open: string, close: string, item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.array(item, { maxLength: 3 }), blank, fc.boolean())
    .map(([items, space, trailing]) => open + items.join(',') + (trailing && items.length > 0 ? ',' : '') + space + close);
}

function objectOf(members: fc.Arbitrary<[string, string]>[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.tuple(...members.map((member) => fc.tuple(blank, member, blank, blank, blank))), blank, fc.boolean())
    .map(([list, space, trailing]) => {
      const items = list.map(([before, [name, text], a, b, after]) => `${before}${JSON.stringify(name)}${a}:${b}${text}${after}`);
      return `{${items.join(',')}${trailing && items.length > 0 ? ',' : ''}${space}}`;
    });
}

/** A config: anything beside what we write to, and the containers of ours there or not. */
export const anyConfig = fc
  .record({
    others: fc.uniqueArray(key, { maxLength: 2 }),
    servers: fc.option(fc.uniqueArray(key, { maxLength: 2 })),
    events: fc.option(fc.subarray(['Stop', 'PreToolUse'])),
    allow: fc.option(listOf('[', ']', scalar)),
    around: fc.tuple(blank, blank, fc.constantFrom('', '\uFEFF')),
  })
  .chain(({ others, servers, events, allow, around }) => {
    const members = others
      .filter((name) => !['mcpServers', 'hooks', 'version', 'permissions', 'permission'].includes(name))
      .map((name) => anyJson.map((text): [string, string] => [name, text]));
    if (servers !== null) {
      members.push(
        objectOf(servers.map((name) => anyJson.map((text): [string, string] => [name, text]))).map((text) => ['mcpServers', text]),
      );
    }
    if (events !== null) {
      members.push(
        objectOf(events.map((name) => listOf('[', ']', anyJson).map((text): [string, string] => [name, text]))).map((text) => [
          'hooks',
          text,
        ]),
      );
    }
    if (allow !== null) members.push(objectOf([fc.constant<[string, string]>(['allow', allow])]).map((text) => ['permissions', text]));
    return objectOf(members).map((text) => around[2] + around[0] + text + around[1]);
  });
