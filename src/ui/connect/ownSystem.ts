import { detectAgents, systemDetection } from '../../agents/config/connectAgent.ts';
import { findNode } from '../../agents/doctor/findNode.ts';
import { installScripts } from '../../agents/installScripts.ts';
import { thisMachine } from '../../agents/thisMachine.ts';
import type { ConnectDeps } from './api.ts';
import type { AgentSystem } from './context.ts';

/** The system that the extension runs on. */
export function ownSystem(deps: Pick<ConnectDeps, 'home' | 'scripts'>): AgentSystem {
  const machine = thisMachine(deps.home());
  return {
    machine,
    detect: () => detectAgents(systemDetection(machine)),
    install: () => void installScripts({ from: deps.scripts, home: machine.home }),
    findNode: () => findNode(machine),
    probe: async (reach, options) => (await import('./doctor/bundle.ts')).probe(reach, options),
  };
}
