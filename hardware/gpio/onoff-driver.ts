import { HomeroomError, toError } from '@homeroom/protocol/wire';
import type { Gpio } from 'onoff';
import type { GpioDriver, GpioLine, GpioOutput } from './gpio-driver.ts';
import type { SysfsChip } from './sysfs-base.ts';

/** The part of onoff that is used; passed in, as its native part may not load. */
export type OpenSysfsLine = (
  globalNumber: number,
  direction: 'high' | 'low',
  options: { activeLow: boolean },
) => Pick<Gpio, 'writeSync' | 'unexport'>;

/** @returns onoff's way to open a line; it is loaded only here. @throws when its native part does not load */
export async function loadOnoff(): Promise<OpenSysfsLine> {
  const { Gpio } = await import('onoff');
  return (globalNumber, direction, options) => new Gpio(globalNumber, direction, 'none', options);
}

/** GPIO lines by the kernel's old sysfs interface. */
export class OnoffDriver implements GpioDriver {
  readonly name = 'onoff';
  readonly #chip: SysfsChip;
  readonly #openLine: OpenSysfsLine;

  constructor(chip: SysfsChip, openLine: OpenSysfsLine) {
    this.#chip = chip;
    this.#openLine = openLine;
  }

  async open({ line, activeLow }: GpioLine): Promise<GpioOutput> {
    if (line >= this.#chip.lineCount)
      throw new HomeroomError('hardware_absent', `there is no GPIO line ${line}`);
    // The direction's level is the wire's, whatever active means: so the relay never closes for a moment.
    const direction = activeLow ? 'high' : 'low';
    const gpio = attempt(line, () => this.#openLine(this.#chip.base + line, direction, { activeLow }));
    let isOpen = true;
    return {
      set: async (active) => attempt(line, () => gpio.writeSync(active ? 1 : 0)),
      // Sysfs lines have no holder that could die.
      onLost: () => undefined,
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        attempt(line, () => {
          gpio.writeSync(0);
          gpio.unexport();
        });
      },
    };
  }
}

function attempt<Result>(line: number, act: () => Result): Result {
  try {
    return act();
  } catch (caught) {
    throw new HomeroomError('hardware_failed', `GPIO line ${line}: ${toError(caught).message}`, {
      cause: caught,
    });
  }
}
