import { controllerStatus } from '@homeroom/protocol';
import { type Route, route } from '../route.ts';
import type { Services } from '../services.ts';

/** Where everything is, and how it is. */
export function statusRoutes({ status }: Services): Route[] {
  return [
    route('GET /status', {
      access: 'admin',
      summary: 'Addresses, version, and how the parts of the controller are.',
      answer: controllerStatus,
      handle: async () => ({ json: await status() }),
    }),
  ];
}
