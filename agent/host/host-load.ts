/**
 * @returns how busy a machine is, 0 to 1: the busier of its processors and its memory, to two digits, so that
 *   small movements do not count as changes
 */
export function hostLoad(machine: {
  readonly loadAverage: number;
  readonly cpuCount: number;
  readonly memoryFree: number;
  readonly memoryTotal: number;
}): number {
  const processors = machine.loadAverage / Math.max(1, machine.cpuCount);
  const memory = 1 - machine.memoryFree / machine.memoryTotal;
  const busier = Math.max(processors, memory);
  return Math.round(Math.min(1, Math.max(0, busier)) * 100) / 100;
}
