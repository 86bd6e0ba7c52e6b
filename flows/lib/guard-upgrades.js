/**
 * Refuse WebSockets that the controller does not vouch for before any listener of Node-RED sees them: the editor's
 * own socket asks for no sign-in of its own.
 *
 * @param {import('node:http').Server} server before Node-RED is put on it
 * @param {{ mayUpgrade(request: import('node:http').IncomingMessage): boolean }} door
 */
function guardUpgrades(server, door) {
  const emit = server.emit.bind(server);
  server.emit = (event, ...args) => {
    if (event !== 'upgrade' || door.mayUpgrade(args[0])) return emit(event, ...args);
    args[1].end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return true;
  };
}

module.exports = { guardUpgrades };
