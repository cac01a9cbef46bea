import { HubError } from '../../../protocol/hubErrors.ts';
import { limits } from '../../../protocol/limits.ts';
import type { FileInput } from '../../../protocol/toolFields.ts';
import type { ToolInput } from '../../../protocol/tools.ts';
import { type NewAttachment, readAttachment } from '../../service/attachments.ts';
import type { ServiceContext } from '../../service/context.ts';
import type { ToolCall, ToolOutcome } from './toolCall.ts';

/** The files that an agent sends along. Entries without bytes are none. @throws HubError `invalid_input` */
export function filesOf(attachments: readonly FileInput[] = []): NewAttachment[] {
  const given = attachments.filter(({ data = '' }) => data !== '');
  if (given.length > limits.attachments) throw new HubError('invalid_input', `Send at most ${limits.attachments} files at a time.`);
  return given.map(({ name, filename, mimeType = '', data = '' }) => {
    if (!/^[A-Za-z0-9+/\s]*=?\s*=?\s*$/.test(data)) throw new HubError('invalid_input', 'data is not base64.');
    return { name: name ?? filename ?? '', mimeType, bytes: Buffer.from(data, 'base64') };
  });
}

export function downloadAttachmentTool(context: ServiceContext, { caller }: ToolCall, input: ToolInput<'downloadAttachment'>): ToolOutcome {
  if (input.attachmentId === '') throw new HubError('invalid_input', 'attachmentId is required');
  const { bytes } = readAttachment(context, caller.agent.workspaceId, input.attachmentId);
  return { text: bytes.toString('base64'), exact: true };
}
