import { type Hub, startHub } from '../../../src/hub/hub.ts';
import type { LogLimits } from '../../../src/hub/log/eventLog.ts';
import { openEndpoints } from '../../../src/hub/start/openEndpoints.ts';
import { heartbeatMs } from '../../../src/protocol/limits.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import type { Logger } from '../../../src/util/log.ts';
import { patientLimits } from '../../support/testHub.ts';
import { benchToken } from './benchToken.ts';
import { createPublishEndpoint } from './publishEndpoint.ts';

/**
 * The real hub, with an endpoint of the benchmarks. What the hub does every `heartbeatMs`, it does every `keepaliveMs`; one token opens any
 * number of streams.
 */
export async function startBenchHub(options: {
  home: string;
  port: number;
  keepaliveMs: number;
  logLimits?: LogLimits | undefined;
  log: Logger;
}): Promise<Hub> {
  const { keepaliveMs, ...rest } = options;
  const clock: Clock = { ...systemClock, every: (ms, fn) => systemClock.every(ms === heartbeatMs ? keepaliveMs : ms, fn) };
  return await startHub(
    {
      ...rest,
      userToken: benchToken,
      version: '0.0.0',
      clock,
      connectionLimits: patientLimits,
    },
    openBenchEndpoints,
  );
}

/** Those of the product, and one to publish by. One token opens any number of streams. */
export const openBenchEndpoints: typeof openEndpoints = (foundation, services, options, opened) => {
  const { route, ...endpoints } = openEndpoints(foundation, services, options, opened, { streamsPerToken: Infinity });
  const publish = createPublishEndpoint(services.context);
  return {
    ...endpoints,
    route(request, response) {
      if (!publish(request, response)) route(request, response);
    },
  };
};
