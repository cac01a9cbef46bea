import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { deadLinks, type LinkSources, linksOf } from './checkLinks.ts';
import { documents } from './documents.ts';

describe('the links of the documents', () => {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { repository: { url: string } };
  const sources: LinkSources = {
    documents: new Map(documents.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
    isThere: (path) => existsSync(join(root, path)),
    repository: repository.url.replace(/\.git$/, ''),
  };

  it('lead somewhere', () => {
    assert.deepEqual(deadLinks(sources), []);
    const all = documents.flatMap((path) => linksOf(sources.documents.get(path) ?? ''));
    assert.ok(all.length > 50, `${all.length} links were looked at`);
  });

  it('would not pass with a file, a heading or a picture that is gone, or without HTTPS', () => {
    const planted = [
      '[a](docs/gone.md) [b](docs/settings.md#gone) ![c](media/gone.png) [d](http://example.org) `[e](gone.md)`',
      '[f](docs/settings.md#hub) <img src="media/gone.svg"> [g](#a-heading) [h](https://example.org)',
      '# A *heading*!',
      '[g]: gone.md',
      `[i](${sources.repository}/blob/HEAD/gone.md) [j](${sources.repository}/blob/HEAD/README.md)`,
    ].join('\n');
    assert.deepEqual(
      deadLinks({ ...sources, documents: new Map([...sources.documents, ['README.md', planted]]) }).filter((problem) =>
        problem.startsWith('README.md'),
      ),
      [
        'README.md: docs/gone.md is not there',
        'README.md: docs/settings.md#gone names a heading that is not there',
        'README.md: media/gone.png is not there',
        'README.md: http://example.org is not HTTPS',
        'README.md: media/gone.svg is not there',
        'README.md: gone.md is not there',
        `README.md: ${sources.repository}/blob/HEAD/gone.md is not in the repository`,
      ],
    );
  });
});
