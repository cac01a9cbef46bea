import { playDemo } from './playDemo.ts';
import { showDemo } from './showDemo.ts';

// npm run demo: at a terminal it opens VS Code for you to play with; without one, or with `-- --play`, it plays you too.

const play = process.argv.includes('--play') || !process.stdin.isTTY;
if (!play) await showDemo();
else if (!(await playDemo())) process.exitCode = 1;
