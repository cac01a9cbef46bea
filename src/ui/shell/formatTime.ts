import * as vscode from 'vscode';

// Made once: making it takes longer than any use of it.
let format: Intl.DateTimeFormat | undefined;

/** An RFC 3339 time as the person reads it. */
export function formatTime(time: string): string {
  format ??= new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(time));
}
