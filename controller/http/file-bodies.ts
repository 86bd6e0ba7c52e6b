import { HomeroomError } from '@homeroom/protocol';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** See `Route.file`. */
    readonly fileTypes?: readonly string[];
  }
}

const fileTypes = ['application/octet-stream', 'application/x-tar'];

/** Pass files on unread where a route takes them; anywhere else they are refused as any other type that is not JSON. */
export function addFileParsers(app: FastifyInstance): void {
  for (const type of fileTypes) {
    app.addContentTypeParser(
      type,
      async (request: { routeOptions: { config: { fileTypes?: readonly string[] } } }, content: unknown) => {
        if (!request.routeOptions.config.fileTypes?.includes(type))
          throw new HomeroomError('media_type_unsupported');
        return content;
      },
    );
  }
}
