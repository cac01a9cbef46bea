import { apiPrefix } from '../protocol/operations.ts';
import type { Call } from './buildCall.ts';
import type { HubAddress } from './linkState.ts';

/** A file to upload. */
export interface FileToSend {
  name: string;
  /** Empty if unknown. */
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Builds the HTTP request that uploads a file. */
export function buildUpload(workspaceId: string, { name, mimeType, bytes }: FileToSend, address: HubAddress): Call {
  const url = `${address.url}${apiPrefix}/workspaces/${encodeURIComponent(workspaceId)}/attachments?${new URLSearchParams({ name })}`;
  // A type that is not a valid header value is replaced.
  const type = /^[\x21-\x7e]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
  return { url, init: { method: 'POST', redirect: 'error', headers: { ...headersFor(address), 'content-type': type }, body: bytes } };
}

/** Builds the HTTP request that downloads a file. */
export function buildDownload(workspaceId: string, attachmentId: string, address: HubAddress): Call {
  const path = `/workspaces/${encodeURIComponent(workspaceId)}/attachments/${encodeURIComponent(attachmentId)}`;
  return { url: `${address.url}${apiPrefix}${path}`, init: { method: 'GET', redirect: 'error', headers: headersFor(address) } };
}

function headersFor({ token }: HubAddress): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
