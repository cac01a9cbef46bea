import { randomBytes } from 'node:crypto';
import { type Challenge, proofOfHub } from '../../home/hubProof.ts';
import { takeMissed } from '../../home/missedTurns.ts';
import type { ClosingStack } from '../../util/lifecycle.ts';
import { pathOfFolder } from '../../util/paths.ts';
import { createChannels } from '../channels/createChannels.ts';
import { createHookEndpoint } from '../hooks/hookEndpoint.ts';
import { createHookFlags } from '../hooks/hookFlags.ts';
import { createAttachmentEndpoint } from '../http/attachmentEndpoint.ts';
import { createOpenResponses } from '../http/openResponses.ts';
import { createRest } from '../http/rest.ts';
import { createRouter, type Route } from '../http/router.ts';
import { createUserStreams } from '../http/userStreams.ts';
import { createTokens, type Tokens } from '../identity/tokens.ts';
import { createUserTokens } from '../identity/userTokens.ts';
import { isNewer } from '../lifecycle/versions.ts';
import { createMcpEndpoint } from '../mcp/mcpEndpoint.ts';
import type { ToolServerDeps } from '../mcp/tools/toolServer.ts';
import { createCodexQueue } from '../wake/codexQueue.ts';
import { createWakes } from '../wake/createWakes.ts';
import { heldThreads } from '../wake/heldThreads.ts';
import { queueProgram } from '../wake/wakeFile.ts';
import type { Services } from './createServices.ts';
import type { HubOptions } from './hubOptions.ts';
import type { Foundation } from './openFoundation.ts';

/** The ways into the hub, and those by which it speaks to agents of its own accord. */
export interface Endpoints {
  route: Route;
  tokens: Tokens;
  mcpUrl(workspaceId: string): string;
  /** Fulfilled when a newer version wants to take this hub's place. */
  steppedDown: Promise<void>;
}

/** What the product leaves as it is. */
export interface EndpointSettings extends Pick<ToolServerDeps, 'extendServer' | 'taskSources'> {
  /** Event streams that may be open with one token of the user; the protocol's `streamsPerToken` if it isn't given. */
  streamsPerToken?: number;
}

/** The third stage of a start. */
export function openEndpoints(
  foundation: Foundation,
  { context, agents, waits, fanout, beginClosing }: Services,
  options: HubOptions,
  opened: ClosingStack,
  { streamsPerToken, ...extensions }: EndpointSettings = {},
): Endpoints {
  const { home, log } = options;
  const { port, url, masterSecret, generations, hubId } = foundation;
  const { store, clock, background } = context;
  const succession = Promise.withResolvers<void>();
  const userTokens = createUserTokens({ home, log });
  const tokens = createTokens({ masterSecret, generations, findUser: userTokens.find });
  const mcpUrl = (workspaceId: string): string => `${url}/mcp/${workspaceId}`;
  const lastWords: (() => Promise<void>)[] = [];
  opened.add(() => {
    beginClosing();
    return Promise.all(lastWords.map((end) => end()));
  });
  const mcp = createMcpEndpoint({
    context,
    agents,
    waits,
    log: log.child('mcp'),
    version: options.version,
    onCall: (caller, meta) => wakes.called(caller, meta),
    ...extensions,
    // 192 bits: a session id is more than anybody can guess.
    randomId: () => randomBytes(24).toString('base64url'),
  });
  lastWords.push(() => mcp.close());
  const channels = createChannels({ context, agents, waits, streams: mcp.streams, log: log.child('channels') });
  opened.add(() => channels.dispose());
  const hookFlags = createHookFlags({ context, home, log: log.child('hooks') });
  opened.add(() => hookFlags.dispose());
  const workspaceFolders = (): string[] =>
    store.workspaces.all().flatMap(({ folder }) => (folder === undefined ? [] : (pathOfFolder(folder, context.folders.platform) ?? [])));
  const wakes = createWakes({
    context,
    agents,
    streams: mcp.streams,
    isOn: options.wake ?? true,
    queue: createCodexQueue({ env: process.env, cwd: home, folders: context.folders, workspaceFolders }),
    queueProgram: (workspaceId) => queueProgram(home, workspaceId),
    heldThreads,
    missed: takeMissed(home),
    log: log.child('wake'),
  });
  opened.add(() => wakes.dispose());
  const hooks = createHookEndpoint({ context, agents, waits, wakes, log: log.child('hooks') });
  lastWords.push(() => hooks.close());
  const ofAgents = createOpenResponses();
  const userStreams = createUserStreams({ clock, isKnown: userTokens.isKnown, limit: streamsPerToken });
  opened.add(() => userStreams.dispose());
  const rest = createRest(context, {
    hubId,
    stepDown(version) {
      if (!isNewer(version, options.version)) return false;
      log.info(`steps down for ${version}`);
      // The answer leaves first.
      setImmediate(succession.resolve);
      return true;
    },
    mcpUrl,
    agentToken: tokens.forAgents,
    rotateAgentToken(workspaceId) {
      generations.advance(workspaceId);
      ofAgents.cut(workspaceId);
      mcp.forgetSessions(workspaceId);
    },
  });
  const attachments = createAttachmentEndpoint(context);
  const prove = (challenge: Challenge): string => proofOfHub(masterSecret, challenge);
  const endpoints = { rest, attachments, mcp, hooks, userStreams, ofAgents };
  const route = createRouter({ port, hubId, prove, tokens, context, fanout, ...endpoints, background, log: log.child('http') });
  return { route, tokens, mcpUrl, steppedDown: succession.promise };
}
