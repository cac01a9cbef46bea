import type { IncomingMessage } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';
import type { Bearer, Tokens } from '../identity/tokens.ts';
import { headerLines } from './headers.ts';

// What every request has to pass before anything looks at it: where it was sent to, where it came from, whose it is.

/**
 * Refuses requests that a web page can make: a foreign `Host` (a name that was bound to this address afterwards), any `Origin`
 * (agents and the editor send none), and cross-site fetches. Node lets any version of HTTP pass, so that is looked at as well.
 * @throws HubError `forbidden_host`, `forbidden_origin` or `bad_request`
 */
export function checkSender(request: IncomingMessage, port: number): void {
  const hosts = headerLines(request, 'host');
  const host = hosts[0]?.toLowerCase();
  if (hosts.length !== 1 || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}` && host !== `[::1]:${port}`)) {
    throw new HubError('forbidden_host', `This hub answers to http://127.0.0.1:${port} only.`);
  }
  // [spec] "Servers MUST validate the Origin header on all incoming connections to prevent DNS rebinding attacks" (MCP, transports)
  const site = request.headers['sec-fetch-site'];
  if (request.headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin')) {
    throw new HubError('forbidden_origin', 'Web pages may not talk to this hub.');
  }
  if (request.httpVersion !== '1.1' && request.httpVersion !== '1.0') throw new HubError('bad_request', 'This hub speaks HTTP/1.1.');
}

/** The token of a request, from its `Authorization` header. `undefined` if there is none, or more than one. */
function readBearer(request: IncomingMessage): string | undefined {
  const [header = '', another] = headerLines(request, 'authorization');
  return another === undefined ? /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1] : undefined;
}

/** @throws HubError `unauthorized` */
function identifyBearer(request: IncomingMessage, tokens: Tokens, inAddress: string | null = null): Bearer {
  const token = request.headers.authorization === undefined ? (inAddress ?? undefined) : readBearer(request);
  const bearer = token === undefined ? undefined : tokens.identify(token);
  if (bearer !== undefined) return bearer;
  throw new HubError(
    'unauthorized',
    token === undefined
      ? 'A token is missing. Send it as “Authorization: Bearer …”; “AgentRQ: Connect an Agent” gives you one.'
      : 'This token is not known here. An agent gets one from “AgentRQ: Connect an Agent”; a window needs the agentrq.hub.home of the hub.',
  );
}

/** Only the user may do this. Returns the id of their token. @throws HubError `unauthorized` or `wrong_role` */
export function requireUser(request: IncomingMessage, tokens: Tokens): string {
  const bearer = identifyBearer(request, tokens);
  if (bearer.role === 'user') return bearer.id;
  throw new HubError('wrong_role', 'Only the user may do this: an agent reaches the hub by its MCP address.');
}

/**
 * Only an agent of this workspace may do this. Its token may stand in the address (`?token=`), because AgentRQ's gateways can send no
 * header; nothing that we write for an agent puts it there.
 * @throws HubError `unauthorized`, `wrong_role` or `wrong_workspace`
 */
export function requireAgent(request: IncomingMessage, tokens: Tokens, workspaceId: string, query: URLSearchParams): void {
  const bearer = identifyBearer(request, tokens, query.get('token'));
  if (bearer.role === 'user')
    throw new HubError('wrong_role', "This is the user's token. Agents need their own: run “AgentRQ: Connect an Agent”.");
  if (bearer.workspaceId !== workspaceId) {
    throw new HubError('wrong_workspace', 'This token belongs to another workspace. Use the address and the token of the same one.');
  }
}
