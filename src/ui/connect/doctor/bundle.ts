// The entry of the bundle that checks a connection.

export { probe } from '../../../agents/doctor/probe.ts';
export { runDoctor } from './runDoctor.ts';
