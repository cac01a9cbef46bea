import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import { apiPrefix } from '../../protocol/operations.ts';
import { readAttachment, saveAttachment } from '../service/attachments.ts';
import type { ServiceContext } from '../service/context.ts';
import { readFileBody } from './body.ts';
import { commonHeaders, sendJson } from './respond.ts';

/** Takes and gives the bytes of files, of the person alone. Says whether the address was one of its own. @throws HubError */
export type AttachmentDoor = (request: IncomingMessage, response: ServerResponse, path: string, query: URLSearchParams) => Promise<boolean>;

const pattern = new RegExp(`^${apiPrefix}/workspaces/([0-9A-Za-z]{11})/attachments(?:/([0-9A-Za-z]{11}))?$`);

export function createAttachmentDoor(context: ServiceContext): AttachmentDoor {
  return async (request, response, path, query) => {
    const [, workspaceId, id] = pattern.exec(path) ?? [];
    if (workspaceId === undefined) return false;
    const method = id === undefined ? 'POST' : 'GET';
    if (request.method !== method) {
      response.setHeader('allow', method);
      throw new HubError('method_not_allowed', `${request.method} is not possible at this address.`);
    }
    if (id === undefined) {
      const mimeType = request.headers['content-type'] ?? '';
      const attachment = saveAttachment(context, workspaceId, {
        name: query.get('name') ?? '',
        mimeType,
        bytes: await readFileBody(request),
      });
      sendJson(response, 201, { attachment });
      return true;
    }
    const { name, bytes } = readAttachment(context, workspaceId, id);
    // Whatever it says that it is: nobody shows it as a page of ours.
    response.writeHead(200, {
      ...commonHeaders,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-length': bytes.length,
    });
    response.end(bytes);
    return true;
  };
}

function escape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
