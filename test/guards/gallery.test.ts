import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGallery, type GalleryManifest } from './checkGallery.ts';

const root = join(import.meta.dirname, '../..');

describe('the page in the Marketplace', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as GalleryManifest;
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const icon = readFileSync(join(root, manifest.icon));
  const hasFile = (path: string): boolean => existsSync(join(root, path));

  it('is as the Marketplace wants it', () => assert.deepEqual(checkGallery(manifest, readme, icon, hasFile), []));

  it('would not pass with what the Marketplace refuses or does not show', () => {
    const check = (over: Partial<GalleryManifest>, text = '', picture = icon): string =>
      checkGallery({ ...manifest, ...over }, text, picture, hasFile).join('\n');
    assert.match(check({ categories: ['AI', 'Agents'] }), /no category Agents/);
    assert.match(check({ keywords: Array.from({ length: 31 }, String) }), /more than 30/);
    assert.match(check({ keywords: ['mcp', 'mcp'] }), /the same twice/);
    assert.match(check({ description: 'x'.repeat(201) }), /201 characters/);
    assert.match(check({ galleryBanner: { color: 'blue', theme: 'black' } }), /no colour\n.*neither/);
    assert.match(check({ icon: 'media/icon.svg' }), /no PNG/);
    const small = Buffer.from(icon);
    small.writeUInt32BE(64, 16);
    assert.match(check({}, '', small), /64 × 256 pixels/);
    assert.match(check({}, '[picture]: media/gone.png\n[other]: media/icon.svg'), /gone\.png, which isn't there\n.*shows no SVG/);
  });
});
