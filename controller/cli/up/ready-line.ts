import * as v from 'valibot';

/**
 * What `controller/main.ts --announce` prints on its standard output, as one line of JSON, once it serves.
 * It is for the process that started it, so it may hold the first passwords; it is never logged.
 */
export const readyLine = v.looseObject({
  ready: v.literal(true),
  httpPort: v.number(),
  /** Ports of the embedded broker; absent with an external one. */
  mqttPort: v.optional(v.number()),
  mqttTlsPort: v.optional(v.number()),
  /** The accounts that this start made, with their passwords; empty at every later start. */
  accounts: v.array(v.looseObject({ username: v.string(), password: v.string() })),
});
export type ReadyLine = v.InferOutput<typeof readyLine>;

/** @returns the announcement, or undefined when the line is anything else. */
export function parseReadyLine(line: string): ReadyLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const parsed = v.safeParse(readyLine, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Not JSON, so not ours: a library's stray print.
    return undefined;
  }
}
