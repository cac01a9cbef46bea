import { existsSync } from 'node:fs';
import type { Log } from './host.ts';
import { findChromium } from './host.ts';
import { runStep } from './runStep.ts';

const aptEnv = { DEBIAN_FRONTEND: 'noninteractive' };
const nextStep = 'Install Chromium or Chrome yourself and name its program in CHROMIUM_PATH, then try again.';
const minuteMs = 60_000;

/** The path of a browser; installs Debian's Chromium when there is none. */
export async function ensureChromium(log: Log): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(`No Chromium here, and without apt-get it can't be installed for you. ${nextStep}`);
  }
  if (process.getuid?.() !== 0) {
    throw new Error(
      `No Chromium here, and only root can install it. Run \`sudo apt-get install --no-install-recommends chromium\`. Or: ${nextStep}`,
    );
  }
  const apt = { command: 'apt-get', env: aptEnv, timeoutMs: 10 * minuteMs, hint: nextStep };
  // Another apt-get may be at work: wait for its lock rather than fail at once.
  const lockWait = ['-o', 'DPkg::Lock::Timeout=300'];
  await runStep({ ...apt, what: "read Debian's package lists", args: [...lockWait, 'update'] }, log);
  // Without recommended packages Chromium brings no font, and a page without a font draws boxes.
  const packages = ['chromium', 'fonts-dejavu-core'];
  const install = [...lockWait, 'install', '-y', '--no-install-recommends', ...packages];
  await runStep({ ...apt, what: 'install Chromium and a font', args: install }, log);
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(`apt-get installed Chromium, but it isn't where it was expected. ${nextStep}`);
}
