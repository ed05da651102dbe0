/** Drawings of the public pages, 24 by 24; each becomes a partial `icon-NAME`. */
const PATHS = {
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
  pin: '<path d="M12 21c4-4.5 7-7.6 7-11.2A7 7 0 0 0 5 9.8C5 13.4 8 16.5 12 21z"/><circle cx="12" cy="10" r="2.5"/>',
  phone: '<path d="M5 3.5h3l2 5-2 1.5a11 11 0 0 0 6 6l1.5-2 5 2v3a2 2 0 0 1-2.2 2A17 17 0 0 1 3 5.7a2 2 0 0 1 2-2.2z"/>',
  check: '<circle cx="12" cy="12" r="9"/><path d="M8 12.5l2.7 2.7L16 9.5"/>',
  cross: '<circle cx="12" cy="12" r="9"/><path d="M9 9l6 6M15 9l-6 6"/>',
  warn: '<path d="M12 4L2.5 20h19z"/><path d="M12 10v4.5M12 17.2v.3"/>',
  calendar: '<rect x="3.5" y="5" width="17" height="15.5" rx="1.5"/><path d="M3.5 10h17M8 2.5v4M16 2.5v4"/>',
  play: '<path d="M7 4.5v15L19 12z"/>',
  pause: '<path d="M8 5v14M16 5v14"/>',
  mail: '<rect x="3" y="5" width="18" height="14" rx="1.5"/><path d="M3.5 6.5L12 13l8.5-6.5"/>',
  next: '<path d="M9 5l7 7-7 7"/>',
  back: '<path d="M15 5l-7 7 7 7"/>',
  camera: '<path d="M3 8h4l2-3h6l2 3h4v11H3z"/><circle cx="12" cy="13" r="3.5"/>',
  file: '<path d="M6 3h8l4.5 4.5V21H6zM13.5 3v5h5"/><path d="M12 17.5v-6M9.5 14l2.5-2.5L14.5 14"/>',
} as const;

/** The icons as Handlebars partials; hidden from screen readers, for a word stands beside each. */
export function iconPartials(): Record<string, string> {
  const entries = Object.entries(PATHS).map(([name, path]) => [
    `icon-${name}`,
    `<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
