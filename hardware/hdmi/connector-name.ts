/** Connectors that carry a picture to a screen; not `Writeback-1`, not `Composite-1`. */
const screenPattern = /^(card\d+)-((?:HDMI-[AB]|DP|eDP|DVI-[AID]|VGA|DSI|LVDS|Virtual)-\d+)$/;

/**
 * Part the name of a folder in `/sys/class/drm`.
 *
 * @returns the kernel's name of the connector, `HDMI-A-1`, or undefined for cards, render nodes and
 * connectors that no screen is plugged into
 */
export function connectorNameOf(folder: string): string | undefined {
  return screenPattern.exec(folder)?.[2];
}
