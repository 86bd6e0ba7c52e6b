/** Whether a device may run desktops once it has enrolled. Pure. */
import type { HostConsent } from '@homeroom/protocol';

export interface ConsentQuestion {
  /** What was decided about the device before; null when nothing was. */
  readonly before: { readonly consent: HostConsent; readonly decidedAt: Date } | null;
  /** The join token that it came by; null when it came without one. */
  readonly token: { readonly mayHost: boolean; readonly createdAt: Date } | null;
}

/**
 * Each enrolment decides anew, for whoever takes over the identity of a device that is away gets no consent with it:
 * only a token that carries the right makes a host, and none that is older than an admin's refusal.
 *
 * @returns null when an admin is to be asked
 */
export function consentAtEnrolment({ before, token }: ConsentQuestion): HostConsent | null {
  const refusedAt = before?.consent === 'refused' ? before.decidedAt : undefined;
  if (token?.mayHost && (!refusedAt || token.createdAt > refusedAt)) return 'allowed';
  return refusedAt ? 'refused' : null;
}
