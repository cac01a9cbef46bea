// Every way in which the hub says no: a code that never changes, the HTTP status and the JSON-RPC code that go with it.

export const hubErrors = {
  malformed_json: { status: 422, rpc: -32700 },
  invalid_input: { status: 422, rpc: -32602 },
  invalid_workspace_id: { status: 400, rpc: -32602 },
  bad_request: { status: 400, rpc: -32600 },
  unauthorized: { status: 401, rpc: -32600 },
  wrong_role: { status: 403, rpc: -32600 },
  wrong_workspace: { status: 403, rpc: -32600 },
  forbidden_host: { status: 403, rpc: -32600 },
  forbidden_origin: { status: 403, rpc: -32600 },
  not_found: { status: 404, rpc: -32601 },
  workspace_not_found: { status: 404, rpc: -32602 },
  task_not_found: { status: 404, rpc: -32602 },
  request_not_found: { status: 410, rpc: -32602 },
  attachment_not_found: { status: 404, rpc: -32602 },
  rule_not_found: { status: 404, rpc: -32602 },
  agent_not_found: { status: 404, rpc: -32602 },
  session_not_found: { status: 404, rpc: -32001 },
  not_supported: { status: 422, rpc: -32602 },
  method_not_allowed: { status: 405, rpc: -32600 },
  already_answered: { status: 409, rpc: -32600 },
  nothing_to_stop: { status: 409, rpc: -32600 },
  answer_on_its_way: { status: 409, rpc: -32600 },
  payload_too_large: { status: 413, rpc: -32600 },
  too_many_requests: { status: 429, rpc: -32000 },
  unsupported_media_type: { status: 415, rpc: -32600 },
  starting: { status: 503, rpc: -32603 },
  storage_failed: { status: 507, rpc: -32603 },
  internal: { status: 500, rpc: -32603 },
} as const;

export type HubErrorCode = keyof typeof hubErrors;

/** The hub says no. The message is a sentence for the client that asked. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: HubErrorCode;
  /** The id of the JSON-RPC request that it answers, if there is one and it is known. */
  requestId: string | number | null = null;

  constructor(code: HubErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** Says which request it answers, unless that was said before. */
  about(requestId: string | number | null): this {
    this.requestId ??= requestId;
    return this;
  }

  get status(): number {
    return hubErrors[this.code].status;
  }
}
