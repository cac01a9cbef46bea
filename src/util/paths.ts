// Which folder a path is in. Two paths name the same file when they differ in what the system doesn't tell apart: letter case, the
// direction of slashes, the way a program writes a drive. A path that is compared as text differs then.

/** The name of an operating system, as `process.platform` has it. */
export type Platform = NodeJS.Platform;

/** Whether `path` begins at a root: of this machine, of a drive, or of another machine. */
export function isRooted(path: string, platform: Platform): boolean {
  return platform === 'win32' ? /^([/\\]|[A-Za-z]:[/\\])/.test(path) : path.startsWith('/');
}

/** Whether `path`, which begins at a root, is `folder` or lies in it. Links are not followed: bring real paths. */
export function isInFolder(folder: string, path: string, platform: Platform): boolean {
  const [own, other] = [comparable(folder, platform), comparable(path, platform)];
  return own.root === other.root && own.parts.every((part, index) => part === other.parts[index]);
}

/** Whether both name the same place. */
export function isSamePath(a: string, b: string, platform: Platform): boolean {
  return isInFolder(a, b, platform) && isInFolder(b, a, platform);
}

/** Whether a path of Windows is on another machine, which may take long to say anything about it. */
export function isOnAnotherMachine(path: string, platform: Platform): boolean {
  return platform === 'win32' && windowsPath(path).startsWith('\\\\');
}

/** The path as the system itself writes it: `/c:/Users`, `/c/Users` (Git Bash) and `\\?\c:\Users` are `c:\Users`. */
export function systemPath(path: string, platform: Platform): string {
  return platform === 'win32' ? windowsPath(path) : path;
}

function windowsPath(path: string): string {
  return path
    .replaceAll('/', '\\')
    .replace(/^\\\\[?.]\\UNC\\/i, '\\\\')
    .replace(/^\\\\[?.]\\/, '')
    .replace(/^\\([A-Za-z]):?(?=\\|$)/, '$1:')
    .replace(/^([A-Za-z]:)$/, '$1\\');
}

interface Comparable {
  root: string;
  parts: readonly string[];
}

function comparable(path: string, platform: Platform): Comparable {
  if (platform !== 'win32') return { root: '/', parts: partsOf(sameCase(path, platform), '/') };
  const whole = sameCase(windowsPath(path), platform);
  const [root = ''] = /^(\\\\[^\\]+\\[^\\]+|[a-z]:)?/.exec(whole) ?? [];
  return { root, parts: partsOf(whole.slice(root.length), '\\') };
}

/** A file system of these two tells no letter case apart, and macOS may keep an accent as a letter of its own. */
function sameCase(path: string, platform: Platform): string {
  return platform === 'win32' || platform === 'darwin' ? path.normalize('NFC').toLowerCase() : path;
}

function partsOf(path: string, separator: string): string[] {
  const kept: string[] = [];
  for (const part of path.split(separator)) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return kept;
}

/** The path of a folder that an address with `file:` names; `undefined` of any other address, and of one that is no path here. */
export function pathOfFolder(uri: string, platform: Platform): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const { host, pathname } = new URL(uri);
    const path = decodeURIComponent(pathname);
    if (host === '') return path;
    return platform === 'win32' ? `//${host}${path}` : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two addresses name the same folder. */
export function isSameFolder(a: string, b: string, platform: Platform): boolean {
  if (a === b) return true;
  const [left, right] = [pathOfFolder(a, platform), pathOfFolder(b, platform)];
  return left !== undefined && right !== undefined && isSamePath(left, right, platform);
}
