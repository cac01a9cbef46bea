import { defaultPort, defaultPorts } from '../../protocol/limits.ts';

/** The ports that a hub takes unless the user has set one. */
const usual: readonly number[] = Array.from({ length: defaultPorts }, (_, index) => defaultPort + index);

/**
 * The ports that a hub tries, in this order. One that the user has set is obeyed; otherwise it stays where it last was, as long as that
 * is one of the usual ones.
 * @param wanted what the user has set; 0: any free one @param last where the hub of this home folder was
 */
export function portsToTry(wanted: number | undefined, last: number | undefined): readonly number[] {
  if (wanted !== undefined) return [wanted];
  return last !== undefined && usual.includes(last) ? [last, ...usual.filter((port) => port !== last)] : usual;
}
