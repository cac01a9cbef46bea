// The editor gives a meaning to some text of an extension: in toasts and prompts `[x](command:…)` is a link that runs a command,
// in quick picks `$(x)` is an icon. What comes from agents must stay text.

/** For toasts, prompts and view messages: nothing in it is a link. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}

/** For quick picks and the status bar: nothing in it is an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '\\$(');
}
