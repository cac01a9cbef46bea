// Encoding and decoding of what is exchanged with the hub: schemas and EventSource, more than half of the client's size. A bundle of its
// own (wire.cjs), loaded with the first request and not at startup.

export { uploadedSchema } from '../protocol/model.ts';
export { errorBodySchema } from '../protocol/operation.ts';
export { operations } from '../protocol/operations.ts';
export { buildCall } from './buildCall.ts';
export { buildDownload, buildUpload } from './buildUpload.ts';
export { readFrame } from './readFrame.ts';
export { openStreamConnection } from './streamConnection.ts';
