const duties: Readonly<Record<string, string>> = {
  api: 'nobody answers requests',
  'session-broker': 'nobody gets a desktop',
  'pool-manager': 'pools are not filled',
  'vm-controller': 'desktops are not made',
  cleanup: 'nothing is tidied up',
  mqtt: 'devices are not heard',
};

/** @returns which roles no process carries, and what does not happen for that. */
export function missingWords(roles: readonly string[]): string {
  const missed = roles.map((role) => (Object.hasOwn(duties, role) ? `${role} (${duties[role]})` : role));
  return `No process carries the ${missed.length === 1 ? 'role' : 'roles'} ${missed.join(', ')}. Start one that does: docs/operations.md.`;
}
