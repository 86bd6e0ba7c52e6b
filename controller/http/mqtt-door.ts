import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import { plainAddress } from '../plain-address.ts';

/** The largest MQTT packet: a screenshot in base64. */
const maxMessageBytes = 1024 * 1024;

/** MQTT over a WebSocket at `/mqtt`: the broker gets a stream like any other. */
export class MqttDoor {
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
    // [MQTT-6.0.0-3], [MQTT-6.0.0-4]: the client offers `mqtt` and the server chooses it.
    handleProtocols: (offered) => ['mqtt', 'mqttv3.1'].find((name) => offered.has(name)) ?? false,
  });
  readonly #handleStream: (stream: Duplex, from: { address: string }) => unknown;

  /** @param handleStream the broker's; it destroys what it does not take */
  constructor(handleStream: (stream: Duplex, from: { address: string }) => unknown) {
    this.#handleStream = handleStream;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = plainAddress(request.socket.remoteAddress ?? 'unknown');
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#handleStream(createWebSocketStream(webSocket), { address });
    });
  }
}
