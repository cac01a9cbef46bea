/** The text with agents' tokens out of sight: it is shown on screens that others may see. */
export function hideTokens(text: string): string {
  return text.replaceAll(/\barq_[\w-]+/g, 'arq_…••••');
}
