import { type Editor, startEditor } from '../support/editor.ts';
import { type Product, startProduct } from '../support/product.ts';

/** What the workbench needs for what the tests look at. The others take as long to start as all the rest of a window. */
const ownOnly = ['diff', 'git', 'git-base', 'json', 'markdown-basics', 'python', 'theme-defaults'];

let running: Editor | undefined;

/** Why nothing more can be done in the VS Code or the browser of all suites; undefined while both run. */
export function editorTrouble(): string | undefined {
  return running?.trouble;
}

/**
 * A product for one suite, on the VS Code and the browser of all suites of this process. One that has died is started anew, which is said.
 */
export async function beginProduct(suite: string, settings: Record<string, unknown>): Promise<Product> {
  if (running?.trouble !== undefined) {
    console.log(`Before “${suite}”: ${running.trouble}\nIt is started anew.`);
    await running.dispose().catch(() => undefined);
    running = undefined;
  }
  running ??= await startEditor({ log: console.log, ownOnly });
  return await running.begin({ settings });
}

/** A product on a VS Code of its own, in which the extension is not installed. */
export function beginUninstalled(): Promise<Product> {
  return startProduct({ log: console.log, ownOnly, isInstalled: false });
}
