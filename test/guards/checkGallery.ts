// What the Marketplace asks of an extension, as its documentation has it.

/** The categories that it knows. */
const categories: ReadonlySet<string> = new Set([
  'AI',
  'Azure',
  'Chat',
  'Data Science',
  'Debuggers',
  'Education',
  'Extension Packs',
  'Formatters',
  'Keymaps',
  'Language Packs',
  'Linters',
  'Machine Learning',
  'Notebooks',
  'Other',
  'Programming Languages',
  'SCM Providers',
  'Snippets',
  'Testing',
  'Themes',
  'Visualization',
]);

/** In bytes. Who reads the page waits for each of them. */
const largestPicture = 600_000;

/** What is looked at of package.json. */
export interface GalleryManifest {
  displayName: string;
  description: string;
  icon: string;
  galleryBanner: { color: string; theme: string };
  categories: readonly string[];
  keywords: readonly string[];
}

/** What is wrong, a sentence each. `readme` is README.md; `sizeOf` tells how many bytes a file has, if it is there. */
export function checkGallery(
  manifest: GalleryManifest,
  readme: string,
  icon: Buffer,
  sizeOf: (path: string) => number | undefined,
): string[] {
  const { displayName, description, galleryBanner, keywords } = manifest;
  const problems: string[] = [];
  if (displayName.length === 0 || displayName.length > 50) problems.push('the name is too long or missing');
  if (description.length === 0 || description.length > 200)
    problems.push(`the description has ${description.length} characters, not 1 to 200`);
  if (!manifest.icon.endsWith('.png') || icon.toString('latin1', 1, 4) !== 'PNG') problems.push('the icon is no PNG');
  const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
  if (width !== height || width < 128) problems.push(`the icon has ${width} × ${height} pixels, not a square of 128 or more`);
  if (!/^#[0-9a-f]{6}$/i.test(galleryBanner.color)) problems.push('the banner has no colour');
  if (galleryBanner.theme !== 'dark' && galleryBanner.theme !== 'light') problems.push('the banner is neither dark nor light');
  for (const category of manifest.categories) if (!categories.has(category)) problems.push(`there is no category ${category}`);
  if (keywords.length > 30 || new Set(keywords).size < keywords.length) problems.push('there are more than 30 keywords, or the same twice');
  for (const [, path = ''] of readme.matchAll(/!\[[^\]]*\]\((media\/[^)\s]+)\)/g)) {
    if (path.endsWith('.svg')) problems.push(`the README shows ${path}, and the Marketplace shows no SVG`);
    const size = sizeOf(path);
    if (size === undefined) problems.push(`the README shows ${path}, which isn't there`);
    else if (size > largestPicture) problems.push(`the README shows ${path}, which has ${size} bytes`);
  }
  return problems;
}

/** What the editor would not draw of a picture in a walkthrough: its page lets in no style but its own. */
export function checkPicture(svg: string): string[] {
  return [
    ...new Set([...svg.matchAll(/<(style|script|image|foreignObject)\b|\s(style|class)=/g)].map(([, tag, attribute]) => tag ?? attribute)),
  ].map((what) => `it has a ${what}`);
}
