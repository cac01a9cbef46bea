/**
 * The normalized path of a file that an agent named: relative to `folder`, or absolute. A Windows drive counts as absolute. `folder` and
 * the result use slashes.
 */
export function locationPath(folder: string, file: string): string {
  const isWindows = /^[A-Za-z]:[\\/]/.test(file) || /^\/[A-Za-z]:(\/|$)/.test(folder);
  const path = isWindows ? file.replaceAll('\\', '/') : file;
  const whole = /^[A-Za-z]:\//.test(path) ? `/${path}` : path.startsWith('/') ? path : `${folder}/${path}`;
  const kept: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}
