import { HomeroomError } from '@homeroom/protocol';

export interface ListenAttempt {
  readonly host: string;
  readonly port: number;
  /** What the port is for, as in “HTTP”. */
  readonly purpose: string;
  /** The setting that chooses another. */
  readonly setting: string;
}

/**
 * Why a port could not be opened, in words that say what to do. Pure.
 *
 * @returns port_in_use when another port helps, config_invalid when another address does
 */
export function listenFault(cause: NodeJS.ErrnoException, attempt: ListenAttempt): HomeroomError {
  const { host, port, purpose, setting } = attempt;
  const why = portFaults[cause.code ?? ''];
  if (why === undefined)
    return new HomeroomError('config_invalid', `HOMEROOM_LISTEN ${host}: ${cause.message}`, { cause });
  return new HomeroomError('port_in_use', `${purpose} port ${port} ${why}: choose another with ${setting}`, {
    cause,
  });
}

const portFaults: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EACCES: 'needs a privilege',
};
