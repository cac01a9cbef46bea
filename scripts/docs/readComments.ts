// Comments stand in the code, so what is made of the code takes them from there.

const comment = String.raw`\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*\n\s*`;

/** What the comments before operations, and before the constants and types of the protocol, say: by name. */
export function readComments(sources: readonly string[]): Map<string, string> {
  const named = new RegExp(String.raw`${comment}(?:(\w+): operation\(|(?:export )?(?:const|type|interface) (\w+))`, 'g');
  return new Map(
    sources.flatMap((source) =>
      [...source.matchAll(named)].map(([, text = '', operation, other]) => [operation ?? other ?? '', plain(text)]),
    ),
  );
}

/** What the comments before members say: by the constant in which they stand, with those that it spreads or extends. */
export function readMemberComments(sources: readonly string[]): Map<string, Map<string, string>> {
  const blocks = sources.flatMap((source) => source.split(/^(?=(?:export )?(?:const|type|interface|function) )/m));
  const named = new Map(blocks.flatMap((block) => [...block.matchAll(/^(?:export )?const (\w+)/g)].map(([, name = '']) => [name, block])));
  const membersOf = (name: string): Map<string, string> => {
    const block = named.get(name) ?? '';
    const others = [...block.matchAll(/\.\.\.(\w+)|z\.extend\((\w+)/g)].flatMap(([, spread, extended]) => [
      ...membersOf(spread ?? extended ?? ''),
    ]);
    const own = [...block.matchAll(new RegExp(String.raw`${comment}(\w+):`, 'g'))].map(
      ([, text = '', member = '']) => [member, plain(text)] as const,
    );
    return new Map([...others, ...own]);
  };
  return new Map([...named.keys()].map((name) => [name, membersOf(name)]));
}

function plain(text: string): string {
  return text.replaceAll(/\s*\n\s*\* ?/g, ' ').trim();
}
