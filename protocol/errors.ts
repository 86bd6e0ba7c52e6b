/**
 * Every error that Homeroom tells a person or a program, in one catalogue.
 * `status` is the HTTP status when it leaves by HTTP; `docs/error-codes.md` is made from this file.
 */
export interface ErrorRule {
  readonly status: number;
  /** What happened, as a sentence. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

export const errors = {
  // asking
  request_invalid: {
    status: 400,
    title: 'The request has wrong or missing fields.',
    remedy: 'Mend each field that `errors` names.',
  },
  sign_in_required: {
    status: 401,
    title: 'Nobody is signed in.',
    remedy: 'Sign in, or send a bearer token.',
  },
  sign_in_failed: {
    status: 401,
    title: 'The user name or the password is wrong.',
    remedy: 'Type them again; an admin can set a new password.',
  },
  sign_in_throttled: {
    status: 429,
    title: 'Too many failed attempts to sign in.',
    remedy: 'Wait for the time that Retry-After tells.',
  },
  not_allowed: {
    status: 403,
    title: 'This account may not do that.',
    remedy: 'Ask someone with the role that `detail` names.',
  },
  csrf_token_wrong: {
    status: 403,
    title: 'The request did not come from a Homeroom page.',
    remedy: 'Reload the page and try again.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing, or not for this account.',
    remedy: 'See whether it still stands in its list; it may have been removed.',
  },
  conflict: { status: 409, title: 'Someone else changed this first.', remedy: 'Reload and decide again.' },
  user_name_taken: {
    status: 409,
    title: 'This user name is taken.',
    remedy: 'Choose another one; a disabled account keeps its name.',
  },
  last_admin: {
    status: 409,
    title: 'This is the last admin.',
    remedy: 'Make somebody else an admin first.',
  },
  body_too_large: {
    status: 413,
    title: 'The request is too large.',
    remedy: 'Send less than `detail` names.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'The body is not JSON by its Content-Type.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests.',
    remedy: 'Wait for the time that Retry-After tells.',
  },
  internal: {
    status: 500,
    title: 'Homeroom made a mistake.',
    remedy: 'The log has the same `instance`; tell whoever runs Homeroom.',
  },
  // depending on others
  database_unavailable: {
    status: 503,
    title: 'The database does not answer.',
    remedy:
      'A Homeroom that runs tries again by itself, and /readyz tells when it is back; one that ended is to be started again.',
  },
  broker_unavailable: {
    status: 503,
    title: 'The MQTT broker does not answer.',
    remedy: 'Homeroom tries again by itself; look at /readyz.',
  },
  controller_stopping: {
    status: 503,
    title: 'The controller is stopping.',
    remedy: 'Try again in a few seconds.',
  },
  // sessions and desktops
  template_unknown: {
    status: 404,
    title: 'There is no such template.',
    remedy: 'Choose one of the templates that are listed.',
  },
  seat_unknown: {
    status: 404,
    title: 'There is no such seat.',
    remedy: 'Choose one of the seats that are listed.',
  },
  seat_taken: {
    status: 409,
    title: 'Someone else’s desktop is on that seat.',
    remedy: 'Choose another seat, or end that session first.',
  },
  session_ended: { status: 410, title: 'The session has ended.', remedy: 'Choose a desktop again.' },
  session_not_ready: {
    status: 409,
    title: 'The session has no desktop yet.',
    remedy: 'Wait until its state is `starting` or `active`.',
  },
  desktop_failed: {
    status: 502,
    title: 'The desktop could not be made.',
    remedy: 'Try again; the desktop’s `error` says why.',
  },
  desktop_create_timeout: {
    status: 504,
    title: 'The desktop was not ready in time.',
    remedy: 'Look at the host’s faults and its load.',
  },
  desktop_lost: {
    status: 502,
    title: 'The desktop is gone.',
    remedy: 'Start a fresh one; files in the home directory are kept.',
  },
  provider_failed: {
    status: 502,
    title: 'The provider did not do what was asked.',
    remedy: 'The detail has the provider’s own words.',
  },
  no_host: {
    status: 503,
    title: 'No healthy host has a place for this template.',
    remedy: 'Start a host agent, or free a place on one.',
  },
  // streams
  ticket_invalid: {
    status: 403,
    title: 'The stream ticket is unknown, used, expired or for another device.',
    remedy: 'Reload the desktop’s page; it fetches a new ticket.',
  },
  stream_unreachable: {
    status: 502,
    title: 'The desktop’s screen does not answer.',
    remedy: 'The page tries again; end the session if it lasts.',
  },
  stream_closed: {
    status: 502,
    title: 'The desktop’s screen server closed the stream.',
    remedy: 'The page tries again; a dead desktop is replaced.',
  },
  // devices and enrolment
  device_unknown: {
    status: 404,
    title: 'There is no such device.',
    remedy: 'Choose one of the devices that are listed.',
  },
  device_offline: {
    status: 409,
    title: 'The device is not connected.',
    remedy: 'Check its power and network; desired state waits for it.',
  },
  device_revoked: {
    status: 403,
    title: 'The device’s credential was revoked.',
    remedy: 'To let it back, make a new join token for it, or remove it first.',
  },
  device_identity_in_use: {
    status: 409,
    title: 'Two devices use one identity.',
    remedy: 'One has a copied SD card: enrol one of them afresh.',
  },
  device_credential_wrong: {
    status: 401,
    title: 'The device’s credential is wrong.',
    remedy: 'Delete the agent’s credential file and enrol it again.',
  },
  join_token_wrong: {
    status: 401,
    title: 'The join token is malformed, unknown, used up, withdrawn or expired.',
    remedy: 'Make a new one with `npx homeroom token create`.',
  },
  controller_not_trusted: {
    status: 421,
    title: 'The controller’s certificate does not match the join token.',
    remedy: 'Check the address; take a token from this very controller.',
  },
  controller_not_found: {
    status: 404,
    title: 'No controller was found on the network.',
    remedy: 'Set HOMEROOM_CONTROLLER, or check that mDNS passes.',
  },
  enrolment_closed: {
    status: 403,
    title: 'This controller takes no new devices without a join token.',
    remedy: 'Use a token, or open enrolment for some minutes.',
  },
  enrolment_denied: {
    status: 403,
    title: 'An admin declined this device.',
    remedy: 'Talk to the admin; ask again if it was a mistake.',
  },
  enrolment_timeout: {
    status: 504,
    title: 'Nobody accepted the device in time.',
    remedy: 'Accept it on the Enrolment page; it asks again by itself.',
  },
  kiosk_url_not_allowed: {
    status: 422,
    title: 'The kiosk may not show that page.',
    remedy: 'Use a page of the controller, or allow its origin in the agent’s configuration.',
  },
  kiosk_load_failed: {
    status: 502,
    title: 'The page did not load in the kiosk.',
    remedy: 'The detail has the browser’s own words.',
  },
  kiosk_browser_missing: {
    status: 424,
    title: 'Chromium is not installed on the device.',
    remedy: 'apt-get install chromium',
  },
  xserver_missing: {
    status: 424,
    title: 'Xvnc is not installed on the host.',
    remedy: 'apt-get install tigervnc-standalone-server openbox',
  },
  xserver_failed: {
    status: 502,
    title: 'The X server did not start or died.',
    remedy: 'The detail has its last words; look at the host’s disk and memory.',
  },
  hardware_absent: {
    status: 424,
    title: 'The device has no such hardware.',
    remedy: 'Look at what the device reports under capabilities.',
  },
  hardware_failed: {
    status: 502,
    title: 'The hardware did not do what was asked.',
    remedy: 'Check cable and power; the detail has the driver’s own words.',
  },
  // commands and messages
  command_unknown: {
    status: 404,
    title: 'There is no such command.',
    remedy: 'Look at the list of commands in docs/mqtt-topics.md.',
  },
  command_timeout: {
    status: 504,
    title: 'The device did not answer in time.',
    remedy: 'Check that it is connected, then try again.',
  },
  command_expired: {
    status: 410,
    title: 'The command came too late and was dropped.',
    remedy: 'Send it again; check the device’s clock if it lasts.',
  },
  command_retained: {
    status: 400,
    title: 'A retained command was dropped.',
    remedy: 'Publish commands without the retain flag.',
  },
  command_busy: {
    status: 429,
    title: 'The device is already doing that.',
    remedy: 'Wait for the first to end.',
  },
  topic_unknown: {
    status: 400,
    title: 'No message travels on that topic.',
    remedy: 'Look at docs/mqtt-topics.md.',
  },
  topic_not_allowed: {
    status: 403,
    title: 'This account may not use that topic.',
    remedy: 'Devices use their own topics only; see docs/mqtt-topics.md.',
  },
  payload_too_large: {
    status: 413,
    title: 'The message is larger than its topic allows.',
    remedy: 'See the limits in docs/mqtt-topics.md.',
  },
  payload_not_json: { status: 400, title: 'The message is not JSON.', remedy: 'Send UTF-8 JSON.' },
  payload_invalid: {
    status: 400,
    title: 'The message has wrong or missing fields.',
    remedy: 'The reason names each field.',
  },
  // starting up
  config_invalid: {
    status: 500,
    title: 'The configuration has faults.',
    remedy: 'Mend what is named here and start again; docs/configuration.md has every setting.',
  },
  port_in_use: {
    status: 500,
    title: 'A port is taken by another program.',
    remedy: 'Choose another with the option that the message names.',
  },
  database_too_new: {
    status: 500,
    title: 'The database belongs to a newer Homeroom.',
    remedy: 'Start that version or a later one, or restore a backup from before it.',
  },
  database_start_failed: {
    status: 500,
    title: 'The embedded database did not start.',
    remedy: 'The detail has its last words; or set HOMEROOM_DATABASE_URL to a PostgreSQL of your own.',
  },
  data_folder_in_use: {
    status: 500,
    title: 'Another Homeroom uses the same data folder.',
    remedy: 'End that one, or choose another folder: npm start -- --data <folder>.',
  },
  start_failed: {
    status: 500,
    title: 'A part of Homeroom did not start.',
    remedy: 'The message has its last words; the whole log is in the data folder under logs.',
  },
  disk_full: {
    status: 507,
    title: 'The disk is full.',
    remedy: 'Free some space; nothing that was saved is lost.',
  },
} as const satisfies Record<string, ErrorRule>;

export type ErrorCode = keyof typeof errors;

export interface HomeroomErrorOptions extends ErrorOptions {
  /** Whole seconds. */
  readonly retryAfterS?: number;
}

/**
 * An error with a code of the catalogue. `detail` says what happened this time, for a person;
 * it never holds a secret.
 */
export class HomeroomError extends Error {
  override readonly name = 'HomeroomError';
  readonly code: ErrorCode;
  readonly detail: string;
  /** When asking again may help; it leaves as the `Retry-After` header. */
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, detail: string = errors[code].title, options: HomeroomErrorOptions = {}) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
    this.retryAfterS = options.retryAfterS;
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** @returns `caught` as an Error, once, at the catch. */
export function toError(caught: unknown): Error {
  return caught instanceof Error ? caught : new Error(String(caught));
}

/** @returns the code of a HomeroomError, `internal` for anything else. */
export function errorCodeOf(caught: unknown): ErrorCode {
  return caught instanceof HomeroomError ? caught.code : 'internal';
}
