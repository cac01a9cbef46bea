import { type DetectedAgent, detectAgents, type Machine, systemDetection } from '../../agents/config/connectAgent.ts';
import { type FoundNode, findNode } from '../../agents/doctor/findNode.ts';
import type { probe } from '../../agents/doctor/probe.ts';
import { installScripts } from '../../agents/installScripts.ts';
import { thisMachine } from '../../agents/thisMachine.ts';
import type { ConnectDeps } from './api.ts';

/** The machine, as far as connecting agents touches it. */
export interface AgentSystem {
  machine: Machine;
  detect(): Promise<DetectedAgent[]>;
  /** Puts the scripts in place that agents start. */
  install(): void;
  findNode(): Promise<FoundNode | undefined>;
  probe: typeof probe;
}

/** What the flows of this folder work with. The system is looked up anew each time, because the home folder is a setting. */
export interface ConnectContext extends ConnectDeps {
  system(): AgentSystem;
}

/** The system that we run on. */
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
