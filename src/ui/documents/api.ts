// What the panel uses of text pages. They are in the panel's bundle.

export { createFilePages, type FilePages } from './filePages.ts';
export { createTextPages } from './textPages.ts';
