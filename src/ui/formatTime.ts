import * as vscode from 'vscode';

/** An RFC 3339 time as the person reads it. */
export function formatTime(time: string): string {
  return new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
