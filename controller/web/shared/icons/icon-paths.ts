/** Line drawings on a grid of 24, drawn with a stroke in the text's colour. */
export const iconPaths = {
  home: 'M4 11 12 4l8 7M6.5 9.5V19h11V9.5M10 19v-5h4v5',
  desktop: 'M3.5 5h17v11h-17zM12 16v3.5M8 19.5h8',
  browser: 'M3.5 5h17v14h-17zM3.5 9h17M6.5 7h.01M9 7h.01',
  terminal: 'M3.5 5h17v14h-17zM7 9.5l3 2.5-3 2.5M12 15h5',
  application: 'M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z',
  room: 'M4 20V6l8-2.5L20 6v14M3 20h18M10 20v-5h4v5M8.5 9.5h.01M12 9.5h.01M15.5 9.5h.01',
  device:
    'M6.5 6.5h11v11h-11zM10 10h4v4h-4zM9 3.5v3M15 3.5v3M9 17.5v3M15 17.5v3M3.5 9h3M3.5 15h3M17.5 9h3M17.5 15h3',
  people:
    'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11zM3 19.5c.4-3.4 2.7-5.5 6-5.5s5.6 2.1 6 5.5M15.5 5a3 3 0 0 1 0 5.7M17 14.4c2.3.5 3.7 2.3 4 5.1',
  person: 'M12 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4zM4.8 20c.5-3.9 3.2-6 7.2-6s6.7 2.1 7.2 6',
  key: 'M8 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM11.5 12H20M17 12v3M20 12v2.5',
  sparkle: 'M12 3.5v5M12 15.5v5M3.5 12h5M15.5 12h5M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3',
  power: 'M12 3.5v8M7 6.5a7.5 7.5 0 1 0 10 0',
  lock: 'M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14.5v2',
  unlock: 'M6 10.5h12V20H6zM8.5 10.5V8a3.5 3.5 0 0 1 6.8-1.2M12 14.5v2',
  page: 'M6 3.5h8.5L18 7v13.5H6zM14 3.5V7.5h4M9 12h6M9 15.5h6',
  message: 'M4 5h16v11H11l-4.5 4V16H4z',
  enter: 'M14 4.5h5.5v15H14M4 12h10.5M11 8.5l3.5 3.5-3.5 3.5',
  leave: 'M10 4.5H4.5v15H10M9.5 12H20M16.5 8.5 20 12l-3.5 3.5',
  move: 'M4 12h15.5M15.5 8l4 4-4 4M4 8v8',
  restart: 'M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.5 4v4.5H15',
  details: 'M4 6.5h16M4 12h16M4 17.5h10',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  clipboard: 'M6 5.5h12V20.5H6zM9 3.5h6v4H9zM9 12h6M9 15.5h4',
  fullscreen: 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15',
  monitor: 'M3.5 5h17v11.5h-17zM9 20h6',
  television: 'M3.5 7.5h17V19h-17zM8 3.5l4 4 4-4',
  keyboard: 'M3 7h18v10.5H3zM6.5 10.5h.01M10 10.5h.01M14 10.5h.01M17.5 10.5h.01M8 14h8',
  mouse: 'M7 9a5 5 0 0 1 10 0v6a5 5 0 0 1-10 0zM12 4.5V9',
  relay: 'M3.5 15.5H9l6.5-6M15 15.5h5.5M9 15.5h.01M15 15.5h.01',
  heart: 'M3.5 12.5h4l2-5 3.5 10 2.5-5h5',
  alert: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2',
  trash: 'M4.5 6.5h15M9.5 6.5v-2h5v2M6.5 6.5 7.5 20h9l1-13.5',
  plus: 'M12 5v14M5 12h14',
  edit: 'M4.5 19.5l.9-4L16 5l3 3L8.5 18.6zM13.5 7.5l3 3',
  board: 'M4 4.5h16v15H4zM8 9h3v3H8zM14 9h2M14 12h2M8 16h8',
  levels: 'M4 19.5V11h4v8.5zM10 19.5V5h4v14.5zM16 19.5V8.5h4v11zM3 19.5h18',
  search: 'M10.5 16.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 15l5 5',
  settings:
    'M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 9.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 18.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  sound: 'M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  'sound-off': 'M4 9.5h3.5L12 5.5v13l-4.5-4H4zM16 9.5l5 5M21 9.5l-5 5',
  download: 'M12 4v10.5M7.5 10.5 12 15l4.5-4.5M4.5 19.5h15',
  upload: 'M12 15V4.5M7.5 9 12 4.5 16.5 9M4.5 19.5h15',
  shield: 'M12 3.5 19 6v5.5c0 4.3-2.8 7.4-7 9-4.2-1.6-7-4.7-7-9V6zM9 12l2.2 2.2L15.2 10',
  files: 'M3.5 6h6l2 2.5h9V19h-17z',
  chevron: 'M9 5.5 15.5 12 9 18.5',
} as const;

export type IconName = keyof typeof iconPaths;

/** @returns the template's own icon, or a desktop where it names none that is known. */
export function templateIcon(name: string | null): IconName {
  return name !== null && Object.hasOwn(iconPaths, name) ? (name as IconName) : 'desktop';
}
