import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mainLoop } from './screenshots/mainLoop.ts';
import { takePictures } from './screenshots/takePictures.ts';
import { takeTrouble } from './screenshots/takeTrouble.ts';

// npm run screenshots: pictures of the packaged extension in a real workbench, in four themes, and an animation of the main loop.
// `-- --only loop` takes one of them: pictures, trouble or loop.

const folder = join(import.meta.dirname, '..', 'out', 'screenshots');
const at = process.argv.indexOf('--only');
const only = at === -1 ? undefined : process.argv[at + 1];

if (only === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
if (only === undefined || only === 'pictures') await takePictures(folder);
if (only === undefined || only === 'trouble') await takeTrouble(folder);
if (only === undefined || only === 'loop') await mainLoop(join(folder, 'main-loop.png'));
console.log(`Pictures: ${folder}`);
