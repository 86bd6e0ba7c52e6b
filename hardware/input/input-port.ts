import type { Input } from '@homeroom/protocol';
import type { StatePort } from '../state-port.ts';

/** The input devices that are plugged in. An inventory only: nothing reads what is typed. */
export type InputPort = StatePort<Input>;
