/**
 * The path of a file that an agent has named, without `.` and `..`: below `folder`, or whole if it begins at the root. A drive of
 * Windows is a root as well. `folder` and the result have slashes.
 */
export function placePath(folder: string, file: string): string {
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
