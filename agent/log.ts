import { HomeroomError } from '@homeroom/protocol/wire';

/** From chatty to silent: a log writes its own level and those after it. */
export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, unknown>>;

/**
 * The agent's log: one JSON object per line, with a constant message and fields that vary.
 * Fields whose names tell of a secret are redacted, and so is a join token wherever it stands.
 */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** @returns a log that writes `fields` in each of its lines, usually `{ part: 'kiosk' }`. */
  child(fields: LogFields): Log;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Takes one line, ended by a line feed. */
  readonly write: (line: string) => void;
  readonly now: () => Date;
}

const maxDepth = 4;
const maxTextLength = 4_000;
const secretName = /passw|secret|token|ticket|cookie|credential|authorization/i;
const joinToken = /homeroom1\.[0-9a-f]{64}\.[\w-]+/g;

/** @returns a log that writes lines of `level` and above. */
export function createLog(options: LogOptions, base: LogFields = {}): Log {
  const threshold = logLevels.indexOf(options.level);
  const writer = (level: LogLevel) => {
    if (logLevels.indexOf(level) < threshold) return () => undefined;
    return (message: string, fields: LogFields = {}) => {
      const line = { time: options.now().toISOString(), level, ...base, message, ...fields };
      options.write(`${JSON.stringify(redact(line, 0))}\n`);
    };
  };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (fields) => createLog(options, { ...base, ...fields }),
  };
}

/** A log that writes nothing, for tests and tools. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};

/** Bounded in depth and length, because a field may come from outside. */
function redact(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shorten(value.replace(joinToken, '[join token]'));
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === maxDepth) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      secretName.test(key) && item !== undefined ? '[redacted]' : redact(item, depth + 1),
    ]),
  );
}

function redactError(error: Error, depth: number): unknown {
  const code = error instanceof HomeroomError ? error.code : 'code' in error ? error.code : undefined;
  return redact({ name: error.name, code, message: error.message, cause: error.cause }, depth);
}

function shorten(text: string): string {
  return text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text;
}
