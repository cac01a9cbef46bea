import type { FileToSend } from '../../../../src/client/buildUpload.ts';
import type { HubApi } from '../../../../src/client/hubApi.ts';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import type { Attachment } from '../../../../src/protocol/model.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../../../src/protocol/operations.ts';

type Answers = { [N in OperationName]?: (input: OperationInput<N>) => OperationOutput<N> | Promise<OperationOutput<N>> };

/** A hub that answers as the test says, and remembers what it was asked. An operation without an answer fails. */
export class FakeHubApi implements HubApi {
  readonly calls: { name: OperationName; input: unknown }[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  async call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>> {
    this.calls.push({ name, input });
    const answer = this.#answers[name];
    if (answer === undefined) throw new Error(`the test has no answer to ${name}`);
    return await answer(input);
  }

  /** What was uploaded; the test may put here what can be downloaded. */
  readonly files = new Map<string, FileToSend>();
  /** What the next upload fails with. */
  refusal: Error | undefined;

  async upload(_workspaceId: string, file: FileToSend): Promise<Attachment> {
    if (this.refusal !== undefined) throw this.refusal;
    const id = `file${String(this.files.size).padStart(7, '0')}`;
    this.files.set(id, file);
    return { id, name: file.name, mimeType: file.mimeType, size: file.bytes.length };
  }

  async download(_workspaceId: string, attachmentId: string): Promise<ArrayBuffer> {
    const file = this.files.get(attachmentId);
    if (file === undefined) throw new HubError('attachment_not_found', `There is no file ${attachmentId} in this workspace.`);
    return file.bytes.slice().buffer;
  }
}
