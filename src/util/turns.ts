/** Returns a function that runs jobs one after another, in the order of its calls. A job that fails doesn't stop the next one. */
export function createTurns(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job, job);
    last = result;
    return result;
  };
}
