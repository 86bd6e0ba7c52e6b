import type { StreamAddress } from '../desktops/provider.ts';
import type { ByteChannel } from './byte-channel.ts';
import { connectUnixSocket } from './socket-channel.ts';
import type { Tunnels } from './tunnels.ts';

/** Connects to a desktop's stream, wherever it is. */
export class StreamDialer {
  readonly #tunnels: Tunnels;

  constructor(tunnels: Tunnels) {
    this.#tunnels = tunnels;
  }

  /** @throws stream_unreachable and, for a tunnel, what {@link Tunnels.open} throws */
  dial(address: StreamAddress, desktopId: string, signal: AbortSignal): Promise<ByteChannel> {
    return 'unix' in address.via
      ? connectUnixSocket(address.via.unix, signal)
      : this.#tunnels.open(address.via.tunnel, desktopId, signal);
  }
}
