import { HomeroomError } from '@homeroom/protocol';
import { basicCredentialOf } from '../authorization.ts';
import { type Route, type RouteRequest, route } from '../route.ts';
import type { Services } from '../services.ts';

/** What hosts fetch and bring, with their devices' credentials. */
export function hostFileRoutes({ hostExchange, devices }: Services): Route[] {
  return [
    route('GET /file-rounds/:id/file', {
      access: 'device',
      summary:
        'For hosts, by HTTP Basic with the device’s credential: the file that it was asked to hand out.',
      mediaTypes: ['application/octet-stream'],
      errors: ['device_credential_wrong', 'file_gone'],
      operationId: 'fetchHandedOutFile',
      handle: async ({ params, headers }) => {
        const host = await hostOf(headers);
        const { content, sizeBytes } = await hostExchange.handedOut(params.id ?? '', host);
        return {
          stream: { mediaType: 'application/octet-stream', content },
          headers: { 'content-length': String(sizeBytes) },
        };
      },
    }),
    route('PUT /file-rounds/:id/people/:user/files', {
      access: 'device',
      summary:
        'For hosts, by HTTP Basic with the device’s credential: what it was asked to collect of a person, as a tar.',
      file: { types: ['application/x-tar'], maxBytes: hostExchange.maxTarBytes },
      errors: ['device_credential_wrong', 'archive_damaged'],
      operationId: 'bringCollectedFiles',
      handle: async ({ params, headers, file }) => {
        const host = await hostOf(headers);
        const { id: round = '', user = '' } = params;
        // Before anything of it is read.
        await hostExchange.refuseUnasked(round, user, host);
        if (!file) throw new HomeroomError('request_invalid', 'The tar is missing: send it as the body.');
        const { path } = await file.receive();
        await hostExchange.take({ round, user, host }, path);
        return { status: 204 };
      },
    }),
  ];

  async function hostOf(headers: RouteRequest['headers']): Promise<string> {
    const credential = basicCredentialOf(headers.authorization);
    const isRight = credential && (await devices.authenticate(credential.username, credential.password));
    if (!isRight) throw new HomeroomError('device_credential_wrong');
    return credential.username;
  }
}
