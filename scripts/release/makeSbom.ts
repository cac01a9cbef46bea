/**
 * The parts of the package, as CycloneDX: the packages whose files went into the bundles, and no others. `read` reads a file of the
 * project.
 */
export function makeSbom(
  product: { name: string; version: string },
  inputs: readonly string[],
  read: (path: string) => string,
): Record<string, unknown> {
  const folders = new Set(inputs.flatMap((path) => packageFolder(path)));
  const components = [...folders].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(read(`${folder}/package.json`)) as { name: string; version: string; license?: string };
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return { type: 'library', 'bom-ref': purl, name, version, purl, ...(license !== undefined && { licenses: [{ expression: license }] }) };
  });
  const component = { type: 'application', 'bom-ref': product.name, name: product.name, version: product.version };
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, metadata: { component }, components };
}

/** `node_modules/@scope/name/dist/a.js` → `node_modules/@scope/name`; nothing for a file of ours. */
function packageFolder(path: string): string[] {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
  return folder === undefined ? [] : [folder];
}
