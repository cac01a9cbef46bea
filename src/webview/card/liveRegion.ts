/** A region whose new content a screen reader reads out. */
export function liveRegion(role: 'alert' | 'status', className: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.className = className;
  return element;
}
