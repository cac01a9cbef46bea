/** `vscode.l10n`, as far as we use it. Named `l10n` wherever it is handed in, so that the exporter of strings finds the calls. */
export interface L10n {
  /** The message in the person's language, with `{0}`, `{1}`, … filled in. */
  t(message: string, ...args: (string | number | boolean)[]): string;
}
