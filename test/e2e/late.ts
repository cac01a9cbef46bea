/**
 * Stands for an object that is not there yet, so that it can be given a name before; what is done with it is done with the one then there.
 */
export function late<T extends object>(find: () => T | undefined): T {
  return new Proxy({} as T, {
    get(_none, name) {
      const target = find();
      if (target === undefined) throw new Error(`${String(name)} was wanted of something that is there only once the suite has begun`);
      const member: unknown = Reflect.get(target, name);
      // Methods look for what is private on the object itself.
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
