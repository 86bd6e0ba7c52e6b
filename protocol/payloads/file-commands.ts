import * as v from 'valibot';
import { collectionReport } from './collection-report.ts';
import { accountName, counter, fileName, folderName, label, pageUrl } from './fields.ts';
import { handOutReport } from './hand-out-report.ts';

/** Names what belongs together: one handing out, one collecting. */
const round = v.pipe(v.string(), v.uuid());
/** Whose home it is, and the owner of what stands in it. */
const person = {
  account: accountName,
  uid: v.pipe(v.number(), v.integer(), v.minValue(1_000), v.maxValue(2_000_000_000)),
};
/** A path of the controller’s own, that the host asks with its credential (Basic) over its pinned TLS. */
const controllerPath = v.pipe(pageUrl, v.startsWith('/'));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Commands for files in people’s homes on a host. Contents travel by HTTPS, never through the broker. */
export const fileCommands = {
  'files.put': {
    description:
      'Put files into a folder of a user’s home. Nothing that stands there is replaced: a file of the same name and content is left as it is, and one of other content gets the new one beside it under a new name. May be repeated.',
    args: v.looseObject({
      round,
      ...person,
      folder: folderName,
      files: v.pipe(
        v.array(
          v.looseObject({
            name: fileName,
            sizeBytes: v.pipe(counter, v.maxValue(256 * 2 ** 20)),
            sha256,
            /** Where the host fetches it: `GET`, answered with exactly these bytes. */
            path: controllerPath,
          }),
        ),
        v.minLength(1),
        v.maxLength(50),
      ),
    }),
    data: handOutReport,
    timeoutMs: 60_000,
    secret: false,
  },
  'files.collect': {
    description:
      'Copy what stands in a folder of a user’s home. Done once for a round; repeated, it tells what was collected. The copies stay on the host until `files.forget`.',
    args: v.looseObject({
      round,
      ...person,
      folder: folderName,
      maxFiles: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
      maxBytes: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
    data: collectionReport,
    timeoutMs: 60_000,
    secret: false,
  },
  'files.send': {
    description:
      'Send what was collected of a user to the controller: `PUT` of one tar (`application/x-tar`, with its length) that ends with two blocks of zeros.',
    args: v.looseObject({
      round,
      account: accountName,
      path: controllerPath,
      /** The folder that holds them in the archive; the account without it. */
      prefix: v.optional(folderName),
    }),
    data: v.looseObject({ sizeBytes: counter }),
    timeoutMs: 60_000,
    secret: false,
  },
  'files.forget': {
    description: 'Remove what was collected in a round from the host. What is not there is no fault.',
    args: v.looseObject({ round, account: v.optional(accountName) }),
    data: v.looseObject({ note: v.optional(label) }),
    timeoutMs: 20_000,
    secret: false,
  },
} as const;
