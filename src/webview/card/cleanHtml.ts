import DOMPurify from 'dompurify';

/** Elements and attributes that our own Markdown makes; whatever else there is goes. */
const tags = 'a p br em strong s code pre ul ol li blockquote hr div span button table thead tbody tr th td label input';
const allowed = {
  ALLOWED_TAGS: tags.split(' '),
  ALLOWED_ATTR: ['class', 'role', 'tabindex', 'title', 'start', 'type', 'data-href', 'data-place', 'checked', 'disabled'],
  // `a.ts:12` reads like an address with a scheme that nobody knows; it is no address.
  ADD_URI_SAFE_ATTR: ['data-place'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

// The only thing of a form is the box of a task, which says whether it is done and takes nothing.
DOMPurify.addHook('uponSanitizeElement', (node, { tagName }) => {
  if (tagName === 'input' && node instanceof HTMLInputElement && !(node.type === 'checkbox' && node.disabled)) node.remove();
});

/** The nodes of `html`, without anything that runs, loads or leads anywhere. */
export function cleanHtml(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
}
