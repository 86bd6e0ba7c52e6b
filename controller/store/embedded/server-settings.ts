/** Given on the command line at each start, so that a newer Homeroom brings its own. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  // Small enough for a Pi with 1 GiB, beside Chromium.
  shared_buffers: '32MB',
  work_mem: '2MB',
  maintenance_work_mem: '16MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  // The data fits into memory: a row by its index costs little more than the next row of a scan.
  random_page_cost: '1.1',
  // Nothing replicates from here: backups are dumps, or a copy while it is stopped.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // A refused statement is ours to tell; the server's own log keeps starts, stops and faults.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** For tests: several times quicker. A killed server still loses nothing; a machine that stops may. */
const carelessSettings: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
};

/** @returns the arguments of `postgres` for a data folder and its socket's folder. */
export function serverArguments(options: {
  readonly dataFolder: string;
  readonly socketFolder: string;
  readonly port: number;
  readonly isDurable: boolean;
}): string[] {
  const chosen = {
    ...settings,
    ...(options.isDurable ? {} : carelessSettings),

    unix_socket_directories: options.socketFolder,
    port: String(options.port),
  };
  return [
    '-D',
    options.dataFolder,
    ...Object.entries(chosen).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ];
}

/** @returns the arguments of `initdb`: one order of letters on every machine, whatever its libc. */
export function initArguments(dataFolder: string, isDurable: boolean): string[] {
  return [
    ...['-D', dataFolder, '--username=homeroom', '--auth=trust', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
    // Segments of the log are written in full when they are made: small ones make small folders.
    ...(isDurable ? [] : ['--no-sync', '--wal-segsize=1']),
  ];
}
