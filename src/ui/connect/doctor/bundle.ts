// The door to the bundle with which a connection is checked.

export { probe } from '../../../agents/doctor/probe.ts';
export { runDoctor } from './runDoctor.ts';
