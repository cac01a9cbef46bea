// The entry of the bundle that connects agents.

export { createConnect } from './connect.ts';
export { createConnectEditor } from './vscodeConnectEditor.ts';
