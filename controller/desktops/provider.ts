/**
 * The provider port: what makes, polls, assigns and deletes desktops somewhere.
 *
 * Rules that hold for every method and every provider (`test/contract/provider-contract.ts` checks them):
 * - idempotent and keyed by the desktop's id: repeating a call changes nothing more and answers the same;
 * - bounded by the signal: when it fires, the call rejects soon and leaves a state that a repetition mends;
 * - resumable: what is needed later stands in `ref`, which the caller stores and hands back after a restart;
 * - nothing is guessed: an outside object carries the desktop's id (a tag, a label), others are not touched;
 * - calls for different desktops overlap. Of one desktop, `create`, `warm`, `cool` and `assign` never overlap with each
 *   other or themselves; a `poll` or a `delete` may come while an `assign` runs (its session was ended), and then `delete`
 *   is called once more when that `assign` has settled.
 */

import type { TemplatePolicies } from '@homeroom/protocol';

export interface DesktopSpec {
  /** A UUID. */
  readonly id: string;
  readonly templateId: string;
  /** The template's `settings`, as its provider's own schema knows them. */
  readonly settings: unknown;
  /** The desktop environment that the template asks for, as `xfce`; null for the provider's own. */
  readonly kind: string | null;
  /** What `create`, `warm`, `cool` or `poll` last gave; null before the first answer. Opaque to the caller. */
  readonly ref: unknown;
  /** The device id of the host where it stands, for providers that place desktops on hosts. */
  readonly hostId: string | null;
  /**
   * Whether an `assign` has succeeded. Where a ready desktop is only a place kept (no process, no machine),
   * this tells a place that is still free from a desktop that has died.
   */
  readonly isAssigned: boolean;
}

/** Where making, starting, stopping or deleting a desktop has got to. */
export interface Progress {
  /**
   * - `working`: not done; look again later. Waiting for a free place is `working` with a reason.
   * - `ready`: it is there and answers (an assigned desktop that runs is `ready` too).
   * - `cold`: it is whole and stopped, and was never used.
   * - `failed`: it will not become ready, or has died; `reason` says why, for a person.
   * - `gone`: there is no such desktop (any more).
   */
  readonly state: 'working' | 'ready' | 'cold' | 'failed' | 'gone';
  /** Replaces the stored one when given. */
  readonly ref?: unknown;
  /** Replaces the stored one when given. */
  readonly hostId?: string | undefined;
  readonly reason?: string | undefined;
}

/** For whom a ready desktop becomes a session's. */
export interface Assignment {
  readonly sessionId: string;
  readonly user: {
    readonly id: string;
    readonly displayName: string;
    /** The name of the account and of the home directory on hosts. */
    readonly account: string;
    /** One uid on every host. */
    readonly posixUid: number;
    /** A guest, who does not come back: the home goes with the desktop. */
    readonly isTemporary?: boolean;
  };
  /**
   * The stream's secret, eight characters (VNC's limit), made once per desktop: a repeated `assign`
   * brings the same one, so the stream that the first call opened still answers.
   */
  readonly secret: string;
  /** What the desktop lets through; what is not named is allowed. A provider enforces what its stream carries. */
  readonly policies?: TemplatePolicies;
  /** A folder that is to be in the home from the start: what is collected of an exam. */
  readonly folder?: string;
}

/** How the gateway reaches a stream. It holds a secret: it never leaves the controller. */
export interface StreamAddress {
  readonly kind: 'vnc';
  /** A Unix socket on this machine, or the device whose agent is asked to open a tunnel. */
  readonly via: { readonly unix: string } | { readonly tunnel: string };
  readonly secret: string;
}

/** One desktop that the provider knows, by the id that the outside object carries. */
export interface ListedDesktop {
  readonly id: string;
  readonly hostId?: string | undefined;
}

export interface Provider {
  /** As in `templates.provider`. */
  readonly name: string;
  /**
   * Whether a desktop can be stopped and started again before it is used. Where it cannot, `warm` and `cool` are never
   * called, and its pools have one level.
   */
  readonly hasCold: boolean;

  /**
   * Begin to make a desktop, or go on with it.
   *
   * @returns `ready` when it took no time, else `working`, or `failed` when it is hopeless
   * @throws provider_failed or another code when asking failed; the caller asks again, with back-off
   */
  create(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress>;

  /**
   * Start a cold desktop, or go on with it. Called again and again until it answers something else than `working`;
   * for one that runs already that is `ready` at once.
   *
   * @returns `ready`, `working`, `failed` when it is hopeless, `gone` when there is no such desktop
   * @throws provider_failed or another code when asking failed; the caller asks again, with back-off
   */
  warm(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress>;

  /**
   * Stop a desktop that was never used, and keep it whole. Called again and again until it answers something else than
   * `working`; for one that stands already that is `cold` at once.
   *
   * @returns `cold`, `working`, `failed` when it is hopeless, `gone` when there is no such desktop
   * @throws provider_failed or another code when asking failed; the caller asks again, with back-off
   */
  cool(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress>;

  /**
   * Tell how a desktop is; `cold` for one that `cool` has stopped. Called while it is made and, more seldom, while a session uses it.
   *
   * @returns `gone` only when it is certain that the desktop is not there; an outside system that
   *   does not answer is an error, for a session ends when its desktop is gone
   * @throws provider_failed, device_offline … when it cannot tell
   */
  poll(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress>;

  /**
   * Make a ready desktop this user's: account, home directory, stream secret.
   *
   * @returns where its stream is reached
   * @throws desktop_lost when it is gone, desktop_failed when it is cold, no_host, provider_failed …; the caller repeats, then takes another
   */
  assign(desktop: DesktopSpec, assignment: Assignment, signal: AbortSignal): Promise<StreamAddress>;

  /**
   * Remove a desktop and everything that it runs. One that is not there is `gone`.
   *
   * @returns `gone` when it is done, `working` when it takes longer; never `ready`
   * @throws provider_failed … when asking failed; the caller asks again, with back-off
   */
  delete(desktop: DesktopSpec, signal: AbortSignal): Promise<Progress>;

  /**
   * Every desktop of ours that is there: all assigned ones, cold ones, and ready ones where those are more than a
   * place kept. Empty when there is none. Hosts that do not answer are left out, so absence from the list proves nothing: `poll` does.
   *
   * @throws provider_failed when it cannot tell at all
   */
  list(signal: AbortSignal): Promise<ListedDesktop[]>;
}
