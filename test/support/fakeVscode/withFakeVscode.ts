import { registerHooks } from 'node:module';

const fake = new URL('vscode.ts', import.meta.url).href;
let isInstalled = false;

/**
 * Loads what imports `vscode`, where there is no editor: it finds the fake there. A plain import is looked up too early for that, so
 * `const { … } = await withFakeVscode(() => import('…'))` stands in its place.
 */
export function withFakeVscode<T>(load: () => Promise<T>): Promise<T> {
  if (!isInstalled) {
    registerHooks({ resolve: (name, context, next) => (name === 'vscode' ? { url: fake, shortCircuit: true } : next(name, context)) });
    isInstalled = true;
  }
  return load();
}
