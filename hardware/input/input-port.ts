import type { Input } from '@homeroom/protocol/wire';
import type { StatePort } from '../state-port.ts';

/** The input devices that are plugged in, and when one was last used. What is typed is never looked at. */
export type InputPort = StatePort<Input>;
