import { findSourceMap } from 'node:module';

/** The stack of an error in lines of the sources. The editor formats stacks in its own way, so Node doesn't do it. */
export function originalStack(error: Error): string {
  return (error.stack ?? error.message).replace(/([^\s()]+\.cjs):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    const origin = findSourceMap(file)?.findOrigin(Number(line), Number(column));
    return origin !== undefined && 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : place;
  });
}
