import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestFault } from './request-fault.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `Route.textTypes`. */
    readonly textTypes?: readonly string[];
  }
}

/** Files that some routes take as they are. */
const textTypes = ['text/csv', 'text/calendar'];

/** Take text where a route says so, as `{text}`; anywhere else it is refused as any other type that is not JSON. */
export function addTextParsers(app: FastifyInstance): void {
  for (const type of textTypes) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
      if (!request.routeOptions.config.textTypes?.includes(type)) {
        throw new HomeroomError('media_type_unsupported');
      }
      return { text: decode(body) };
    });
  }
}

/** A file in an older encoding would have wrong letters in names: better to say so. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    const message = 'The file is not UTF-8: have the spreadsheet save it as “CSV UTF-8”.';
    throw new RequestFault(message, [{ field: 'body', message }]);
  }
}
