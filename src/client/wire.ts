// What reads and writes the wire: the schemas and the EventSource, more than half of the client's weight. It is a bundle of its own
// (wire.cjs), loaded when the first thing goes over the wire and not when the editor starts.

export { errorBodySchema } from '../protocol/errorBody.ts';
export { uploadedSchema } from '../protocol/model.ts';
export { operations } from '../protocol/operations.ts';
export { buildCall } from './buildCall.ts';
export { buildDownload, buildUpload } from './buildUpload.ts';
export { readFrame } from './readFrame.ts';
export { openStreamConnection } from './streamConnection.ts';
