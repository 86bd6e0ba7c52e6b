import type { ErrorRule } from './error-rule.ts';

/** What Homeroom stands on does not hold. */
export const dependencies = {
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
  node_red_unavailable: {
    status: 503,
    title: 'Node-RED does not answer.',
    remedy:
      'It is started again by itself, and /readyz tells where it stands; everything else works meanwhile.',
  },
  controller_stopping: {
    status: 503,
    title: 'The controller is stopping.',
    remedy: 'Try again in a few seconds.',
  },
  disk_full: {
    status: 507,
    title: 'The disk is full.',
    remedy: 'Free some space; nothing that was saved is lost.',
  },
} as const satisfies Record<string, ErrorRule>;
