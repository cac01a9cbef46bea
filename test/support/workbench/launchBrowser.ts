import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Host } from '../../host/host.ts';

const quietArgs = [
  // Root may not use Chromium's sandbox, and everything it opens here is our own.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the host's browser, without a window. */
export function launchBrowser(host: Pick<Host, 'chromium'>): Promise<Browser> {
  return chromium.launch({ executablePath: host.chromium, args: quietArgs });
}
