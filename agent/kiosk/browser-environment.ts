const wanted =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_\w+|DBUS_\w+|PULSE_\w+|PIPEWIRE_\w+|LIBVA_\w+|MESA_\w+)$/;

/**
 * @param environment the agent's own
 * @returns what a browser needs of it: screen, sound, language; none of the agent's settings and secrets
 */
export function browserEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => wanted.test(name)));
}
