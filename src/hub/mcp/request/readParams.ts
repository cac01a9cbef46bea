import { isObject, type RpcObject, readId, readObject, unread } from '../../../protocol/rpc.ts';
import { metaKeys, readCapabilities, readClient } from './readClient.ts';

/** The params of a message as they are meant; `refused`: a sentence that says why they can't be. */
export type ReadParams = { params: RpcObject | undefined; refused?: undefined } | { refused: string };

/** What is not named here stays as it is. */
export function readParams(method: string, given: RpcObject | undefined): ReadParams {
  const { _meta: givenMeta, ...others } = given ?? {};
  const meta = readMeta(givenMeta);
  const params = meta === undefined ? others : { ...others, _meta: meta };
  switch (method) {
    case 'initialize':
      return { params: { ...params, ...readInitialize(params) } };
    case 'tools/call':
      return readCall(params);
    case 'tools/list': {
      const { cursor, ...rest } = params as RpcObject;
      return { params: { ...rest, ...(typeof cursor === 'string' && cursor !== '' && { cursor }) } };
    }
    case 'notifications/cancelled': {
      const { requestId, reason, ...rest } = params as RpcObject;
      const id = readId(requestId);
      return { params: { ...rest, ...(id !== undefined && { requestId: id }), ...(typeof reason === 'string' && { reason }) } };
    }
    default:
      return { params: given === undefined ? undefined : params };
  }
}

function readInitialize({ protocolVersion, capabilities, clientInfo }: RpcObject): RpcObject {
  return {
    // One that names no revision gets the newest.
    protocolVersion: typeof protocolVersion === 'string' ? protocolVersion.trim() : '',
    capabilities: readCapabilities(capabilities),
    clientInfo: readClient(clientInfo),
  };
}

function readCall(params: RpcObject): ReadParams {
  const { name } = params;
  if (typeof name !== 'string' || name === '') return { refused: 'Say in params.name which tool is to be called.' };
  const given = readObject(params['arguments']);
  if (given === unread) return { refused: `The arguments of ${name.slice(0, 100)} are an object of named members.` };
  return { params: { ...params, arguments: given ?? {} } };
}

const logLevels: ReadonlySet<unknown> = new Set(['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']);

/** What goes along with a message: odd members are left out, as they are all optional. */
function readMeta(given: unknown): RpcObject | undefined {
  if (!isObject(given)) return undefined;
  const meta: Record<string, unknown> = { ...given };
  const drop = (key: string, isOdd: boolean): void => {
    if (isOdd) delete meta[key];
  };
  if ('progressToken' in meta) {
    meta['progressToken'] = readId(meta['progressToken']);
    drop('progressToken', meta['progressToken'] === undefined);
  }
  drop(metaKeys.version, typeof meta[metaKeys.version] !== 'string');
  drop(metaKeys.logLevel, !logLevels.has(meta[metaKeys.logLevel]));
  const related = meta[metaKeys.relatedTask];
  drop(metaKeys.relatedTask, !isObject(related) || typeof related['taskId'] !== 'string');
  if (metaKeys.client in meta) {
    meta[metaKeys.client] = readClient(meta[metaKeys.client]);
    drop(metaKeys.client, given[metaKeys.client] === null);
  }
  if (metaKeys.capabilities in meta) meta[metaKeys.capabilities] = readCapabilities(meta[metaKeys.capabilities]);
  return meta;
}
