import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mainLoop } from './screenshots/mainLoop.ts';
import { takePictures } from './screenshots/takePictures.ts';
import { takeTrouble } from './screenshots/takeTrouble.ts';

// npm run screenshots: pictures of the packaged extension in a real workbench, in four themes, and an animation of the main loop.
// `-- --only loop` takes one of them: pictures, trouble or loop. `-- --readme` puts those that the README shows into media/readme.

const root = join(import.meta.dirname, '..');
const folder = join(root, 'out', 'screenshots');
const forReadme = ['main-loop.png', 'in-the-code-light.png', 'panel-review-light.png', 'kanban-light.png'];

const args = process.argv.slice(2);
const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;

if (only === undefined) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
if (only === undefined || only === 'pictures') await takePictures(folder);
if (only === undefined || only === 'trouble') await takeTrouble(folder);
if (only === undefined || only === 'loop') await mainLoop(join(folder, 'main-loop.png'));
if (args.includes('--readme')) for (const name of forReadme) copyFileSync(join(folder, name), join(root, 'media', 'readme', name));
console.log(`Pictures: ${folder}`);
