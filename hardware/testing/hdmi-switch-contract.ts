import { describe, expect, it } from 'vitest';
import type { HdmiSwitchPort } from '../hdmi-switch/hdmi-switch-port.ts';

/** A switch under test, and what it was seen to do. */
export interface SwitchUnderTest {
  readonly port: HdmiSwitchPort;
  /** What reached the hardware so far, one text for each route. */
  readonly done: () => readonly string[];
  /** Make the hardware fail from now on. */
  readonly breakIt: () => void;
}

/** What every {@link HdmiSwitchPort} must do. @param setUp makes one with two inputs and one output */
export function describeHdmiSwitchContract(name: string, setUp: () => SwitchUnderTest): void {
  const never = new AbortController().signal;

  describe(`an HDMI switch: ${name}`, () => {
    it('shows an input, and says whether that is confirmed', async () => {
      const { port, done } = setUp();
      expect(await port.route({ input: 1, output: 1 }, never)).toEqual({ confirmed: expect.any(Boolean) });
      expect(done()).toHaveLength(1);
    });

    it('may be asked again for what it shows', async () => {
      const { port } = setUp();
      const first = await port.route({ input: 2, output: 1 }, never);
      expect(await port.route({ input: 2, output: 1 }, never)).toEqual(first);
    });

    it('does what is asked at once one after the other, in that order', async () => {
      const apart = setUp();
      await apart.port.route({ input: 1, output: 1 }, never);
      await apart.port.route({ input: 2, output: 1 }, never);
      const together = setUp();
      await Promise.all([1, 2].map((input) => together.port.route({ input, output: 1 }, never)));
      expect(together.done()).toEqual(apart.done());
    });

    it('tells a failure, and works on after it', async () => {
      const { port, done, breakIt } = setUp();
      breakIt();
      await expect(port.route({ input: 1, output: 1 }, never)).rejects.toMatchObject({
        code: 'hardware_failed',
      });
      await expect(port.route({ input: 2, output: 1 }, never)).rejects.toMatchObject({
        code: 'hardware_failed',
      });
      expect(done()).toEqual([]);
    });

    it('does nothing once it was called off', async () => {
      const { port, done } = setUp();
      const reason = new Error('called off');
      await expect(port.route({ input: 1, output: 1 }, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(done()).toEqual([]);
    });
  });
}
