/** Labels of the pin controllers behind the 40-pin header, from the Pi 1 to the Pi 5. */
const labels = /^pinctrl-(?:bcm2835|bcm2711|rp1)$/;

/** @returns whether the chip with this label is the one whose lines are on the header. */
export function isHeaderChip(label: string): boolean {
  return labels.test(label);
}
