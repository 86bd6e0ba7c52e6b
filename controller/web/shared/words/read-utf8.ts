import { ApiError } from '../api/api-error.ts';

/**
 * Read a file that somebody chose.
 *
 * @throws ApiError with what to do, when it is in another encoding: read all the same, its umlauts would be lost
 */
export async function readUtf8(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const remedy = 'Have the spreadsheet save it as “CSV UTF-8”, and choose it again.';
    throw new ApiError({ status: 422, title: 'The file is not UTF-8.', remedy }, { cause });
  }
}
