import { apiPrefix } from '../protocol/operations.ts';
import type { Call } from './buildCall.ts';
import type { HubAddress } from './hubAddress.ts';

/** A file as it is sent to the hub. */
export interface FileToSend {
  name: string;
  /** Empty: nobody knows. */
  mimeType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The HTTP request that brings a file to the hub. */
export function buildUpload(workspaceId: string, { name, mimeType, bytes }: FileToSend, address: HubAddress): Call {
  const url = `${address.url}${apiPrefix}/workspaces/${encodeURIComponent(workspaceId)}/attachments?${new URLSearchParams({ name })}`;
  // What no header may hold is no type.
  const type = /^[\x21-\x7e]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
  return { url, init: { method: 'POST', redirect: 'error', headers: { ...headersFor(address), 'content-type': type }, body: bytes } };
}

/** The HTTP request that reads one. */
export function buildDownload(workspaceId: string, attachmentId: string, address: HubAddress): Call {
  const path = `/workspaces/${encodeURIComponent(workspaceId)}/attachments/${encodeURIComponent(attachmentId)}`;
  return { url: `${address.url}${apiPrefix}${path}`, init: { method: 'GET', redirect: 'error', headers: headersFor(address) } };
}

function headersFor({ token }: HubAddress): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
