import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What tests read of package.json. */
interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { default: unknown; scope: string }> }[];
  };
}

/** The extension under test, as the editor knows it. */
export function extension(): Omit<vscode.Extension<unknown>, 'packageJSON'> & { packageJSON: Manifest } {
  return vscode.extensions.getExtension('agentrq.agentrq') ?? assert.fail('the extension is not installed');
}
