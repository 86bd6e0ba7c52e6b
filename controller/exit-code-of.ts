import type { HomeroomError } from '@homeroom/protocol';

/** EX_CONFIG of sysexits.h: service managers know by it that another start would not help. */
const wrongConfiguration = 78;
const failed = 1;

/** @returns the code with which a program of ours ends because of an error */
export function exitCodeOf({ code }: Pick<HomeroomError, 'code'>): number {
  return code === 'config_invalid' ? wrongConfiguration : failed;
}
