// The door to the bundle with which agents are connected, and the editor's own views for it.

export { createConnect } from './connect.ts';
export { createConnectEditor } from './vscodeConnectEditor.ts';
