import { join } from 'node:path';
import { openAudio } from './audio/open-audio.ts';
import type { Board } from './board.ts';
import { openCec } from './cec/open-cec.ts';
import { systemClock } from './clock.ts';
import type { DriverContext } from './driver-context.ts';
import { openHdmi } from './hdmi/open-hdmi.ts';
import { openHdmiSwitches } from './hdmi-switch/open-hdmi-switches.ts';
import { LinuxHealth } from './health/linux-health.ts';
import { SystemFacts } from './health/system-facts.ts';
import { UnderVoltage } from './health/under-voltage.ts';
import { LinuxIdentity } from './identity/linux-identity.ts';
import { openInput } from './input/open-input.ts';
import type { LinuxBoardOptions } from './linux-board-options.ts';
import { absent, type Presence } from './presence.ts';
import { SpawnedCommands } from './process/spawned-commands.ts';
import { openRelays } from './relay/open-relays.ts';
import { openScreen } from './screen/open-screen.ts';
import { findPower } from './systemd-power.ts';
import { UdevEvents } from './watch/udev-events.ts';

/** Open this machine's own board; whatever is missing is absent with a reason. It does not watch yet. */
export async function openLinuxBoard(options: LinuxBoardOptions): Promise<Board> {
  const context = contextOf(options);
  const events = (await context.commands.has('udevadm')) ? new UdevEvents(context) : undefined;
  const hasEvents = events !== undefined;
  const [hdmi, cec, input, relays, power, audio] = await Promise.all([
    openHdmi(context, hasEvents),
    openCec(context),
    openInput(context, hasEvents),
    openRelays(options.relays ?? [], { ...context, wanted: options.gpio ?? 'auto' }),
    findPower(context.commands, context.rootDir),
    openAudio(context.commands),
  ]);
  const screen = await openScreen(cec, Boolean(options.environment?.WAYLAND_DISPLAY), context.commands);
  const { underVoltage, ...tellers } = openTellers(options.dataDir, context);
  if (events) wireEvents(events, { hdmi, cec, input });
  const parts = [hdmi, cec, input, relays].map((part) => (part.present ? part.port : undefined));
  return {
    kind: 'linux',
    ...tellers,
    hdmi,
    cec,
    input,
    relays,
    hdmiSwitches: openHdmiSwitches(options.hdmiSwitches ?? [], { ...context, cec, relays }),
    screen,
    audio,
    ...power,
    simulator: absent('this is a real machine'),
    start: async () => {
      events?.start();
      await Promise.all([underVoltage.start(), ...parts.map((part) => part?.start())]);
    },
    stop: async () => {
      underVoltage.stop();
      await Promise.all([events?.stop(), ...parts.map((part) => part?.stop())]);
    },
  };
}

function contextOf(options: LinuxBoardOptions): DriverContext {
  const clock = options.clock ?? systemClock;
  return {
    rootDir: options.rootDir ?? '/',
    clock,
    commands: options.commands ?? new SpawnedCommands(options.environment ?? {}, clock),
    onFault: options.onFault ?? (() => undefined),
  };
}

/** The parts that every machine has: who it is and how it is. */
function openTellers(dataDir: string | undefined, context: DriverContext) {
  const systemFacts = new SystemFacts(context);
  const file = dataDir === undefined ? undefined : join(dataDir, 'under-voltage');
  const underVoltage = new UnderVoltage({ ...context, file });
  const health = new LinuxHealth({
    ...context,
    dataDir: dataDir ?? context.rootDir,
    underVoltage,
    otherTemperature: () => systemFacts.temperatureC(),
  });
  const identity = new LinuxIdentity({ ...context, guessModel: () => systemFacts.model() });
  return { underVoltage, health, identity };
}

/** A plug is news for the CEC link behind it as well. */
function wireEvents(
  events: UdevEvents,
  parts: Readonly<Record<'hdmi' | 'cec' | 'input', Presence<{ poke(): void }>>>,
): void {
  const poke = (part: Presence<{ poke(): void }>) => () => {
    if (part.present) part.port.poke();
  };
  events.on('drm', poke(parts.hdmi));
  events.on('drm', poke(parts.cec));
  events.on('cec', poke(parts.cec));
  events.on('input', poke(parts.input));
}
