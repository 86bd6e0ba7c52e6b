import * as v from 'valibot';

/** Field types that several payloads share. Objects are loose everywhere: unknown fields pass. */

/** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it. */
export const timestamp = v.pipe(v.string(), v.isoTimestamp());
/** A short text that a person reads. */
export const label = v.pipe(v.string(), v.maxLength(200));
/** An id chosen by the sender; unique per sender. */
export const messageId = v.pipe(v.string(), v.minLength(8), v.maxLength(64));
export const counter = v.pipe(v.number(), v.integer(), v.minValue(0));
export const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
/** 0 to 1. */
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/**
 * An absolute http(s) URL, or a path that the agent resolves against its controller's origin. No backslash and no white
 * space: a URL parser takes `/\host` and `/<tab>/host` for another host.
 */
export const pageUrl = v.pipe(v.string(), v.maxLength(2048), v.regex(/^(?:https?:\/\/|\/(?!\/))[^\s\\]*$/));
export const fault = v.looseObject({ code: v.pipe(v.string(), v.maxLength(64)), message: label });
/** Made by the controller; the outside object carries it too. */
export const desktopId = v.pipe(v.string(), v.uuid());
/** A desktop environment, as `xfce`, `kde`, `gnome`. */
export const desktopKind = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,30}$/));
/** A name that is safe in a path, a label and a passwd line. */
export const accountName = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,30}$/));
/** A folder of a home: one name, nothing hidden, nothing that leads elsewhere. */
export const folderName = v.pipe(
  v.string(),
  v.regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} _.-]{0,58}[\p{L}\p{N}_-])?$/u,
    'A folder is one name of at most 60 letters, digits, spaces and . _ -',
  ),
);
/** A file's own name, without a path. Room is left for a suffix within the 255 bytes that file systems take. */
export const fileName = v.pipe(
  v.string(),
  v.regex(
    /^(?![. ])[^/\\\p{Cc}\p{Cf}\p{Cs}]+$/u,
    'A file’s name has no slash and does not begin with a dot or a space.',
  ),
  v.maxBytes(200),
);
