/**
 * Whose dashboards show a message. Dashboard 2.0 shows every message to everybody; one with `_client.users` (ids of
 * Homeroom's users) is for them alone, and for admins. Pure.
 *
 * @param {{ handshake?: { headers?: Record<string, string> } } | undefined} connection of a dashboard, as the
 *   controller vouches for it
 * @param {{ _client?: { users?: unknown } } | undefined | null} msg
 * @returns {boolean}
 */
function isFor(connection, msg) {
  const users = msg?._client?.users;
  if (users === undefined) return true;
  const { role, id } = personOf(connection);
  // A list that is none is a fault in a flow: then nobody is told, rather than everybody.
  return role === 'admin' || (Array.isArray(users) && id !== undefined && users.includes(id));
}

/** @returns {{ id?: string, username?: string, displayName?: string, role?: string }} who looks at a dashboard */
function personOf(connection) {
  const headers = connection?.handshake?.headers ?? {};
  return {
    id: headers['x-homeroom-user'],
    username: decoded(headers['x-homeroom-username']),
    displayName: decoded(headers['x-homeroom-display-name']),
    role: headers['x-homeroom-role'],
  };
}

function decoded(text) {
  return text === undefined ? undefined : decodeURIComponent(text);
}

module.exports = { isFor, personOf };
