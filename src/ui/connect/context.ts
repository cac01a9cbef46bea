import type { DetectedAgent, Machine } from '../../agents/config/connectAgent.ts';
import type { FoundNode } from '../../agents/doctor/findNode.ts';
import type { probe } from '../../agents/doctor/probe.ts';
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
