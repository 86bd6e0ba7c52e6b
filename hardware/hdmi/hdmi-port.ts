import type { Hdmi } from '@homeroom/protocol/wire';
import type { StatePort } from '../state-port.ts';

/** The machine's HDMI and DisplayPort connectors and the monitors on them. */
export type HdmiPort = StatePort<Hdmi>;
