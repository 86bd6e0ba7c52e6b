import {
  type Cec,
  type Hdmi,
  type Health,
  HomeroomError,
  type Input,
  type Relays,
  type Simulation,
} from '@homeroom/protocol/wire';
import type { Clock } from '../clock.ts';
import { ObservedState } from '../watch/observed-state.ts';

const connectorName = 'HDMI-A-1';
const monitor = { vendor: 'GSM', product: 'LG TV', serial: null, widthMm: 1209, heightMm: 680 };
const mode = { width: 1920, height: 1080, refreshHz: 60 };
const inputs = {
  keyboard: { id: 'usb-sim-1.1/keyboard', name: 'Logitech USB Keyboard', usbId: '046d:c31c' },
  mouse: { id: 'usb-sim-1.2/mouse', name: 'Logitech USB Optical Mouse', usbId: '046d:c077' },
} as const;
const useToldEveryMs = 30_000;
const relayNames = ['Screen power', 'Lamp'];

interface Television {
  power: 'on' | 'standby';
  answers: boolean;
  /** This machine is the source that the television shows. */
  showsUs: boolean;
}

/**
 * A made-up seat: one connector with a television on it, a keyboard, a mouse and two relays.
 * Like a real one, pulling the HDMI plug takes the CEC link with it, and a television that does not answer
 * looks like a monitor without CEC.
 */
export class SimulatedMachine {
  readonly hdmi = new ObservedState<Hdmi>();
  readonly cec = new ObservedState<Cec>();
  readonly input = new ObservedState<Input>();
  readonly relays = new ObservedState<Relays>();
  readonly health = new ObservedState<Pick<Health, 'temperatureC' | 'underVoltage'>>();
  readonly #clock: Clock;
  readonly #television: Television = { power: 'on', answers: true, showsUs: true };
  readonly #plugged = { hdmi: true, keyboard: true, mouse: true };
  readonly #channels: { on: boolean; since: string }[];
  /** As a real board tells it: every half minute at most. */
  #lastUsedAt: Date | undefined;
  #temperatureC = 48.3;
  #underVoltage = false;
  #unwrittenMiB = 0;
  /** Its sound; nothing tells of it but this. */
  isMuted = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    const since = clock.now().toISOString();
    this.#channels = relayNames.map(() => ({ on: false, since }));
    // Before anybody listens: health is read at the start anyway.
    this.#tellHealth();
  }

  get temperatureC(): number {
    return this.#temperatureC;
  }

  /** Latched since start, as the real figure is since boot. */
  get underVoltage(): boolean {
    return this.#underVoltage;
  }

  /** What it pretends to have still to write to its disk. */
  get unwrittenMiB(): number {
    return this.#unwrittenMiB;
  }

  /** Tell every state that has changed since it was told last. */
  tell(): void {
    this.hdmi.tell(this.hdmiState());
    this.cec.tell(this.cecState());
    this.input.tell(this.inputState());
    this.relays.tell(this.relaysState());
    this.#tellHealth();
  }

  hdmiState(): Hdmi {
    const connected = this.#plugged.hdmi;
    return {
      connectors: [
        {
          name: connectorName,
          connected,
          monitor: connected ? { ...monitor } : null,
          mode: connected ? { ...mode } : null,
        },
      ],
    };
  }

  cecState(): Cec {
    const linked = this.#plugged.hdmi;
    const answers = linked && this.#television.answers;
    return {
      adapters: [
        {
          name: 'cec0',
          connector: connectorName,
          power: linked ? (answers ? this.#television.power : 'no-peer') : 'no-link',
          physicalAddress: linked ? '1.0.0.0' : null,
          isActiveSource: answers ? this.#television.showsUs && this.#television.power === 'on' : null,
          television: answers ? { vendor: 'LG', name: 'TV' } : null,
        },
      ],
    };
  }

  inputState(): Input {
    const devices = (['keyboard', 'mouse'] as const)
      .filter((kind) => this.#plugged[kind])
      .map((kind) => ({ ...inputs[kind], kind, bus: 'usb' as const }));
    return { devices, ...(this.#lastUsedAt && { lastUsedAt: this.#lastUsedAt.toISOString() }) };
  }

  relaysState(): Relays {
    const channels = this.#channels.map(({ on, since }, channel) => ({
      channel,
      name: relayNames[channel] ?? `Relay ${channel}`,
      on,
      since,
    }));
    return { channels };
  }

  /** @throws hardware_absent when nothing is on the other end of the cable, or it does not answer. */
  commandTelevision(action: 'on' | 'standby' | 'active-source', adapter?: string): void {
    if (adapter !== undefined && adapter !== 'cec0')
      throw new HomeroomError('hardware_absent', `there is no CEC adapter ${adapter}`);
    if (!this.#plugged.hdmi) throw new HomeroomError('hardware_absent', 'no CEC adapter has a link');
    if (!this.#television.answers)
      throw new HomeroomError('hardware_failed', 'the television did not answer');
    this.#television.power = action === 'standby' ? 'standby' : 'on';
    this.#television.showsUs = action !== 'standby';
    this.tell();
  }

  /** @throws hardware_absent when there is no such channel. */
  setRelay(channel: number, on: boolean): void {
    const relay = this.#channels[channel];
    if (!relay) throw new HomeroomError('hardware_absent', `there is no relay channel ${channel}`);
    if (relay.on === on) return;
    relay.on = on;
    relay.since = this.#clock.now().toISOString();
    this.tell();
  }

  /** @throws hardware_absent when the simulation names a connector that is not there, or uses what is not plugged in. */
  apply(simulation: Simulation): void {
    switch (simulation.what) {
      case 'hdmi':
        if (simulation.connector !== connectorName)
          throw new HomeroomError('hardware_absent', `there is no connector ${simulation.connector}`);
        this.#plugged.hdmi = simulation.connected;
        break;
      case 'tv':
        this.#television.power = simulation.power;
        this.#television.answers = simulation.answers ?? this.#television.answers;
        break;
      case 'input':
        this.#plugged[simulation.kind] = simulation.present;
        break;
      case 'keyboard':
      case 'mouse':
        // Where the strokes go is the screen's business.
        if (!this.#plugged[simulation.what])
          throw new HomeroomError('hardware_absent', `no ${simulation.what} is plugged in`);
        this.#noteUse();
        break;
      case 'writing':
        this.#unwrittenMiB = simulation.pendingMiB;
        break;
      case 'health':
        this.#temperatureC = simulation.temperatureC ?? this.#temperatureC;
        this.#underVoltage = simulation.underVoltage ?? this.#underVoltage;
        break;
    }
    this.tell();
  }

  #noteUse(): void {
    const now = this.#clock.now();
    const isSoon = this.#lastUsedAt && now.getTime() - this.#lastUsedAt.getTime() < useToldEveryMs;
    if (!isSoon) this.#lastUsedAt = now;
  }

  #tellHealth(): void {
    this.health.tell({ temperatureC: this.#temperatureC, underVoltage: this.#underVoltage });
  }
}
