/** `make`, whose last result for an object is kept as long as the object, and made anew for other arguments. */
export function perObject<K extends object, A extends readonly unknown[], V>(make: (key: K, ...args: A) => V): (key: K, ...args: A) => V {
  const made = new WeakMap<K, { args: A; value: V }>();
  return (key, ...args) => {
    const known = made.get(key);
    if (known !== undefined && args.every((each, index) => each === known.args[index])) return known.value;
    const value = make(key, ...args);
    made.set(key, { args, value });
    return value;
  };
}
