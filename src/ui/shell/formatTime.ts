import * as vscode from 'vscode';

// Created once, because creating it is slow.
let format: Intl.DateTimeFormat | undefined;

/** Formats an RFC 3339 time for display. */
export function formatTime(time: string): string {
  format ??= new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return format.format(new Date(time));
}
