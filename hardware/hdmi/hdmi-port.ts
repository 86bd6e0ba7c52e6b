import type { Hdmi } from '@homeroom/protocol';
import type { StatePort } from '../state-port.ts';

/** The machine's HDMI and DisplayPort connectors and the monitors on them. */
export type HdmiPort = StatePort<Hdmi>;
