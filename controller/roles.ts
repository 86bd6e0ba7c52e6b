/**
 * The roles that one controller process may carry; all of them unless told otherwise. Any number of copies may run:
 * work is taken by row locks and leases.
 * - `api`: HTTP, pages, live events, the gateway
 * - `session-broker`: serves the queue, makes desktops their users', ends what is over
 * - `pool-manager`: keeps desktops ready
 * - `vm-controller`: makes, looks after and deletes desktops
 * - `cleanup`: seals the audit log, compares records with providers, removes what has no further use
 * - `teachers-portal`: keeps Node-RED running, with the teachers' dashboard
 * - `operator`: has no work of its own yet; see `rolesWithoutWork`
 * - `mqtt`: the broker, and everything that devices say; one process at a time
 */
export const controllerRoles = [
  'api',
  'session-broker',
  'pool-manager',
  'vm-controller',
  'cleanup',
  'teachers-portal',
  'operator',
  'mqtt',
] as const;
export type ControllerRole = (typeof controllerRoles)[number];

/** Where a process answers that carries the role and no `api`. */
const healthPorts: Readonly<Record<ControllerRole, number>> = {
  api: 8080,
  'session-broker': 8081,
  'teachers-portal': 8082,
  'pool-manager': 8083,
  cleanup: 8084,
  'vm-controller': 8080,
  operator: 8086,
  mqtt: 8087,
};

/** What a process says of a role that it carries and that does nothing yet. */
export const rolesWithoutWork: Readonly<Partial<Record<ControllerRole, string>>> = {
  operator: 'Kubernetes objects are not reconciled by this version.',
};

/** They speak with devices, or with providers that do. */
const rolesWithDevices: ReadonlySet<ControllerRole> = new Set([
  'api',
  'session-broker',
  'vm-controller',
  'cleanup',
  'mqtt',
]);

/** @returns whether a process with these roles needs a broker */
export function needsBroker(roles: readonly ControllerRole[]): boolean {
  return roles.some((role) => rolesWithDevices.has(role));
}

/** One of them listens to changes. Ten of the largest fit the 97 that PostgreSQL has by default; more only wait for each other. */
const connectionsOf: Readonly<Partial<Record<ControllerRole, number>>> = { api: 9, 'session-broker': 7 };
const fewConnections = 5;

/** @returns how many connections to the database a process with these roles holds at most */
export function defaultConnections(roles: readonly ControllerRole[]): number {
  return Math.max(...roles.map((role) => connectionsOf[role] ?? fewConnections));
}

/** @returns the port where a process answers that opens no API: that of its first role */
export function healthPortOf([first = 'api']: readonly ControllerRole[]): number {
  return healthPorts[first];
}

/** @returns what the process is to say of roles that do nothing yet; empty when all do */
export function remarksOn(roles: readonly ControllerRole[]): string[] {
  return roles.flatMap((role) => rolesWithoutWork[role] ?? []);
}
