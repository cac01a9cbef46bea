import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkGallery, checkPicture, type GalleryManifest } from './checkGallery.ts';

const root = join(import.meta.dirname, '../..');

describe('the page in the Marketplace', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as GalleryManifest;
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const icon = readFileSync(join(root, manifest.icon));
  const sizeOf = (path: string): number | undefined => statSync(join(root, path), { throwIfNoEntry: false })?.size;

  it('is as the Marketplace wants it', () => assert.deepEqual(checkGallery(manifest, readme, icon, sizeOf), []));

  it('has pictures in its walkthrough that need no style of their own, which the editor does not let in', () => {
    const folder = join(root, 'media', 'walkthrough');
    for (const name of readdirSync(folder)) assert.deepEqual(checkPicture(readFileSync(join(folder, name), 'utf8')), [], name);
    const planted = '<svg><style>.a{}</style><rect class="a" style="fill:red"/><rect class="b"/></svg>';
    assert.deepEqual(checkPicture(planted), ['it has a style', 'it has a class']);
  });

  it('would not pass with what the Marketplace refuses or does not show', () => {
    const check = (over: Partial<GalleryManifest>, text = '', picture = icon): string =>
      checkGallery({ ...manifest, ...over }, text, picture, sizeOf).join('\n');
    assert.match(check({ categories: ['AI', 'Agents'] }), /no category Agents/);
    assert.match(check({ keywords: Array.from({ length: 31 }, String) }), /more than 30/);
    assert.match(check({ keywords: ['mcp', 'mcp'] }), /the same twice/);
    assert.match(check({ description: 'x'.repeat(201) }), /201 characters/);
    assert.match(check({ galleryBanner: { color: 'blue', theme: 'black' } }), /no colour\n.*neither/);
    assert.match(check({ icon: 'media/icon.svg' }), /no PNG/);
    const small = Buffer.from(icon);
    small.writeUInt32BE(64, 16);
    assert.match(check({}, '', small), /64 × 256 pixels/);
    assert.match(check({}, '![picture](media/gone.png)\n![other](media/icon.svg)'), /gone\.png, which isn't there\n.*shows no SVG/);
    assert.match(
      checkGallery(manifest, '![picture](media/large.png)', icon, () => 600_001).join('\n'),
      /large\.png, which has 600001 bytes/,
    );
  });
});
