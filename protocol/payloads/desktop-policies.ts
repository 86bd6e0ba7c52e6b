import * as v from 'valibot';

const allows = v.optional(v.boolean());

/** What a desktop lets through; what is not named is allowed. */
export const desktopPolicies = v.looseObject({
  clipboardIn: allows,
  clipboardOut: allows,
  fileTransfer: allows,
  audio: allows,
  printing: allows,
});
export type DesktopPolicies = v.InferOutput<typeof desktopPolicies>;
