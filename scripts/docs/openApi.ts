import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { streamMessageSchema } from '../../src/protocol/events.ts';
import { hubErrors } from '../../src/protocol/hubErrors.ts';
import { attachmentSchema } from '../../src/protocol/model.ts';
import { errorBodySchema } from '../../src/protocol/operation.ts';
import { apiPrefix, healthSchema } from '../../src/protocol/operations.ts';
import { root } from '../suites.ts';
import { createComponents, type Json } from './components.ts';
import type { NamedOperation } from './readOperations.ts';

type ToJson = (schema: z.core.$ZodType) => Json;

const inWorkspace = [pathParameter('workspaceId')];
const sse = 'text/event-stream';

/** The REST API and the event stream, as an OpenAPI document. */
export async function openApi(operations: readonly NamedOperation[]): Promise<Json> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const components = await createComponents();
  const paths: Record<string, Record<string, Json>> = {};
  const add = (path: string, method: string, value: Json): void => {
    paths[path] = { ...paths[path], [method]: value };
  };
  for (const operation of operations) add(operation.address, operation.method.toLowerCase(), ofOperation(operation, components.toJson));
  add('/health', 'get', health(components.toJson));
  add(`${apiPrefix}/events/stream`, 'get', stream('streamEvents', 'Every change as it happens, of everything.', [], components.toJson));
  add(
    `${apiPrefix}/workspaces/{workspaceId}/events`,
    'get',
    stream('streamWorkspaceEvents', 'The same for one workspace.', inWorkspace, components.toJson),
  );
  add(`${apiPrefix}/workspaces/{workspaceId}/attachments`, 'post', upload(components.toJson));
  add(`${apiPrefix}/workspaces/{workspaceId}/attachments/{attachmentId}`, 'get', download());
  const error = components.toJson(errorBodySchema);
  return {
    openapi: '3.1.1',
    info: {
      title: 'The hub of AgentRQ for VS Code',
      version,
      summary: 'The board of a user’s coding agents, on their own machine.',
      description:
        'A program with the user’s token acts for the user: it reads and follows the board, gives work to agents and answers them. The hub listens on 127.0.0.1 alone, and refuses requests that a web page could make. New members and new types of events may come at any time, so a reader passes over what it doesn’t know.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: 'http://127.0.0.1:{port}', variables: { port: { default: '23837', description: 'As `hub.json` in the home folder says.' } } },
    ],
    security: [{ userToken: [] }],
    paths,
    components: {
      securitySchemes: {
        userToken: { type: 'http', scheme: 'bearer', description: '`personToken` of the line that a hub on the command line prints.' },
      },
      responses: {
        Refused: { description: refusals(), content: { 'application/json': { schema: error } } },
      },
      schemas: components.schemas(),
    },
  };
}

function ofOperation({ name, params, query, body, envelope, output, status, comment }: NamedOperation, toJson: ToJson): Json {
  const inBody = Object.keys(body.shape).length > 0;
  const parameters = [
    ...Object.keys(params.shape).map(pathParameter),
    ...Object.entries(query.shape).map(([member, schema]) => ({ name: member, in: 'query', schema: toJson(schema) })),
  ];
  const content = (): Json => {
    const inner = toJson(body);
    return envelope === undefined ? inner : { type: 'object', properties: { [envelope]: inner }, required: [envelope] };
  };
  return {
    operationId: name,
    ...(comment !== '' && { description: comment }),
    ...(parameters.length > 0 && { parameters }),
    ...(inBody && { requestBody: { required: true, content: { 'application/json': { schema: content() } } } }),
    responses: responses(String(status ?? 200), 'Done.', { 'application/json': { schema: toJson(output) } }),
  };
}

function health(toJson: ToJson): Json {
  return {
    operationId: 'getHealth',
    description:
      'Says that this is a hub, to anybody on this machine. Asked with a nonce, it adds a proof that it belongs to the home folder whose `master-secret` the reader knows.',
    security: [],
    parameters: [{ name: 'nonce', in: 'query', schema: { type: 'string', pattern: '^[0-9a-f]{32}$' } }],
    responses: responses('200', 'It is.', { 'application/json': { schema: toJson(healthSchema) } }),
  };
}

function stream(operationId: string, what: string, parameters: readonly Json[], toJson: ToJson): Json {
  return {
    operationId,
    description: `${what} Server-Sent Events: the \`data\` of a frame is JSON, whose \`type\` says what happened and whose \`payload\` is the changed thing itself. Presence comes as \`event: presence\`, without an \`id\`.`,
    parameters: [
      ...parameters,
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The place after which it goes on: the `cursor` of a board, or the last `id`.',
        schema: { type: 'string' },
      },
      { name: 'lastEventId', in: 'query', description: 'The same, for who can set no header.', schema: { type: 'string' } },
    ],
    responses: responses('200', 'The stream; the schema is that of the `data` of each frame.', {
      [sse]: { schema: toJson(streamMessageSchema) },
    }),
  };
}

function upload(toJson: ToJson): Json {
  return {
    operationId: 'uploadAttachment',
    description: 'Keeps a file of this workspace, for one message or task that names its id.',
    parameters: [...inWorkspace, { name: 'name', in: 'query', required: true, schema: { type: 'string' } }],
    requestBody: { required: true, content: { '*/*': { schema: {} } } },
    responses: responses('201', 'Kept.', {
      'application/json': { schema: { type: 'object', properties: { attachment: toJson(attachmentSchema) }, required: ['attachment'] } },
    }),
  };
}

function download(): Json {
  return {
    operationId: 'downloadAttachment',
    description: 'The bytes of a file, to be saved.',
    parameters: [...inWorkspace, pathParameter('attachmentId')],
    responses: responses('200', 'The bytes.', { 'application/octet-stream': { schema: {} } }),
  };
}

function responses(status: string, description: string, content: Json): Json {
  return { [status]: { description, content }, default: { $ref: '#/components/responses/Refused' } };
}

function pathParameter(name: string): Json {
  return { name, in: 'path', required: true, schema: { type: 'string' } };
}

function refusals(): string {
  const codes = Object.entries(hubErrors).map(([code, { status }]) => `\`${code}\` (${status})`);
  return `Refused. The code never changes, and the message is a sentence. Codes: ${codes.join(', ')}.`;
}
