import type { DetectedAgent, Machine } from '../../agents/config/connectAgent.ts';
import type { FoundNode } from '../../agents/doctor/findNode.ts';
import type { probe } from '../../agents/doctor/probe.ts';
import type { ConnectDeps } from './api.ts';

/** The parts of the machine that connecting agents uses. */
export interface AgentSystem {
  machine: Machine;
  detect(): Promise<DetectedAgent[]>;
  /** Installs the scripts that agents start. */
  install(): void;
  findNode(): Promise<FoundNode | undefined>;
  probe: typeof probe;
}

/** The dependencies of the flows in this folder. `system` is evaluated anew each time, because the home folder is a setting. */
export interface ConnectContext extends ConnectDeps {
  system(): AgentSystem;
}
