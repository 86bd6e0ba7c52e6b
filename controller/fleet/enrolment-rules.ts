/** Whether a new device is let in: pure rules over the policy, the token it showed and what is known of it. */
import type { ErrorCode } from '@homeroom/protocol';

export interface EnrolmentQuestion {
  readonly policy: 'token' | 'open' | 'approve';
  /** Until when `open` holds. */
  readonly openUntil: Date | null;
  /** `none` when the device showed no token; `wrong` for one that proves nothing or cannot be used. */
  readonly token: 'none' | 'usable' | 'wrong';
  /** What the controller knows under that id. */
  readonly known: 'no' | 'away' | 'connected';
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
  if (token === 'usable') return { answer: 'accept' };
  if (policy === 'approve') return { answer: 'wait' };
  const isOpen = policy === 'open' && openUntil !== null && now < openUntil;
  return isOpen ? { answer: 'accept' } : { answer: 'refuse', code: 'enrolment_closed' };
}
