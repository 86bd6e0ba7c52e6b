import { toError } from '@homeroom/protocol';
import type { Check, Verdict } from './verdict.ts';

/** @returns every verdict, in the order of the checks; one that throws is `bad` and stops no other */
export async function runChecks(checks: readonly Check[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { name, run } of checks) {
    try {
      verdicts.push(...(await run()).map((finding) => ({ name, ...finding })));
    } catch (caught) {
      verdicts.push({ name, result: 'bad', found: toError(caught).message, mend: null });
    }
  }
  return verdicts;
}
