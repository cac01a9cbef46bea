import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateDocs } from './docs/generateDocs.ts';
import { root } from './suites.ts';

// npm run docs: makes those documents, and parts of documents, that follow from the code. A guard holds that they are up to date.

for (const [path, text] of await generateDocs()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
