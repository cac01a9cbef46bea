import { globSync } from 'node:fs';
import { root } from '../../scripts/suites.ts';

/** Every document of the project, by its path. */
export const documents: readonly string[] = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md', 'test/agents/WIRE.md'], { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted();
