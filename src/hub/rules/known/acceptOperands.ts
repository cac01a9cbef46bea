import { assertNever } from '../../../util/errors.ts';
import { isInsideFile, isInsidePath, plainText } from '../place/insidePath.ts';
import type { RunFolder } from '../place/place.ts';
import type { Operands, ReadWords } from './knownCommand.ts';

/** Says that all operands are such as the table says. */
export function acceptOperands(expected: Operands, { options, operands }: ReadWords, place: RunFolder): boolean {
  switch (expected.kind) {
    case 'none':
      return operands.length === 0;
    case 'anyWords':
    case 'expression':
      // They were looked at before there were options.
      return true;
    case 'texts':
      return operands.every((word) => plainText(word)?.startsWith('-') === false);
    case 'names':
      return operands.every((word) => /^\w[\w.+-]*$/.test(word));
    case 'paths':
      // With a limit, one star could bring too many.
      if (expected.atMost !== undefined && operands.some((word) => plainText(word) === undefined)) return false;
      return operands.length <= (expected.atMost ?? Infinity) && operands.every((word) => isInsidePath(word, place));
    case 'files':
      return operands.length <= (expected.atMost ?? Infinity) && operands.every((word) => isInsideFile(word, place));
    case 'pattern': {
      const hasPattern = options.some(({ name }) => expected.orOption.includes(name));
      const pattern = hasPattern ? '' : plainText(operands[0] ?? '');
      if (pattern === undefined || pattern.startsWith('-')) return false;
      return operands.slice(hasPattern ? 0 : 1).every((word) => isInsidePath(word, place));
    }
    default:
      return assertNever(expected);
  }
}
