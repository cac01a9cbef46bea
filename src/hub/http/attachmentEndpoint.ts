import type { IncomingMessage, ServerResponse } from 'node:http';
import { readAttachment, saveAttachment } from '../service/attachments.ts';
import type { ServiceContext } from '../service/context.ts';
import { readFileBody } from './body.ts';
import { commonHeaders, sendJson } from './respond.ts';

/** The bytes of files, for the user alone. */
export interface AttachmentEndpoint {
  /** The body becomes a file of the workspace. @throws HubError */
  take(request: IncomingMessage, response: ServerResponse, workspaceId: string, query: URLSearchParams): Promise<void>;
  /** Gives the bytes back, to be saved and never shown. @throws HubError */
  give(response: ServerResponse, workspaceId: string, attachmentId: string): void;
}

export function createAttachmentEndpoint(context: ServiceContext): AttachmentEndpoint {
  return {
    async take(request, response, workspaceId, query) {
      const mimeType = request.headers['content-type'] ?? '';
      const bytes = await readFileBody(request);
      sendJson(response, 201, { attachment: saveAttachment(context, workspaceId, { name: query.get('name') ?? '', mimeType, bytes }) });
    },
    give(response, workspaceId, attachmentId) {
      const { name, bytes } = readAttachment(context, workspaceId, attachmentId);
      // Whatever it says that it is: nobody shows it as a page of ours.
      response.writeHead(200, {
        ...commonHeaders,
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'content-length': bytes.length,
      });
      response.end(bytes);
    },
  };
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
