/** Whether a new device is let in: pure rules over the policy, the token it showed and what is known of it. */
import type { ErrorCode } from '@homeroom/protocol';

export interface EnrolmentQuestion {
  readonly policy: 'token' | 'open' | 'approve';
  /** Until when `open` holds. */
  readonly openUntil: Date | null;
  /** `none` when the device showed no token; `wrong` for one that proves nothing or cannot be used. */
  readonly token: 'none' | 'usable' | 'wrong';
  /** What the controller knows under that id; `revoked` when no newer token speaks for the device. */
  readonly known: 'no' | 'revoked' | 'away' | 'connected';
  readonly device: string;
  readonly now: Date;
}

export type EnrolmentAnswer =
  | { readonly answer: 'accept' }
  | { readonly answer: 'wait' }
  | { readonly answer: 'refuse'; readonly code: ErrorCode };

/** User names of the broker that are not devices'. */
const takenNames = /^(?:observer|claim|controller|admin)$|^(?:claim|enrol|controller)-/;

export function answerEnrolment(question: EnrolmentQuestion): EnrolmentAnswer {
  const { policy, openUntil, token, known, device, now } = question;
  if (takenNames.test(device)) return { answer: 'refuse', code: 'request_invalid' };
  if (token === 'wrong') return { answer: 'refuse', code: 'join_token_wrong' };
  // A device that is here cannot be asking to be let in: another one has its identity.
  if (known === 'connected') return { answer: 'refuse', code: 'device_identity_in_use' };
  // The token or the window that let it in once must not undo an admin's decision; an admin may.
  if (known === 'revoked' && policy !== 'approve') return { answer: 'refuse', code: 'device_revoked' };
  if (token === 'usable' && known !== 'revoked') return { answer: 'accept' };
  if (policy === 'approve') return { answer: 'wait' };
  const isOpen = policy === 'open' && openUntil !== null && now < openUntil;
  return isOpen ? { answer: 'accept' } : { answer: 'refuse', code: 'enrolment_closed' };
}
