// The editor interprets some text of extensions: `[x](command:…)` in toasts and prompts is a link that runs a command, `$(x)` in quick
// picks is an icon. Text of agents must stay text.

/** For toasts, prompts and view messages: disables links. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** For quick picks and the status bar: disables icons. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
