/** Colours by use, as the design's table gives them; each pair of text and ground holds 4.5 : 1. */
export const LIGHT = {
  text: '#17212B', text2: '#4A5865', hint: '#5C6975', accent: '#0B5F73', onAccent: '#FFFFFF', accentHover: '#094C5C',
  bar: '#12303B', barText: '#EAF3F5', barSunk: '#2A4550', barLine: '#3C5966', action: '#43B4CB', onAction: '#06232B',
  waiting: '#854D00', waitingBg: '#FDF0D9', accepted: '#1A5AA6', acceptedBg: '#E5EFFB', progress: '#0B5F73', progressBg: '#E1F0F3',
  hold: '#9A3F0C', holdBg: '#FCEADF', done: '#1B6B3A', doneBg: '#E3F4E8', closed: '#4A5865', closedBg: '#ECEFF1',
  danger: '#AE1F1B', dangerBg: '#FCE9E7', internalBg: '#FFF6DC', internalLine: '#E0B94F', internalTag: '#E3BC5B', internalTagText: '#3B2C00',
  ownBg: '#E6F2F5', ownLine: '#B9D9E1', page: '#F3F5F6', card: '#FFFFFF', sunk: '#F7F9FA', line: '#D9DFE3', hairline: '#E9EDEF',
  paper: '#FFFFFF', solidDanger: '#AE1F1B', onSolidDanger: '#FFFFFF', barChart: '#7AA8B2',
} as const;

export type Tokens = Readonly<Record<keyof typeof LIGHT, string>>;

export const DARK: Tokens = {
  text: '#E8EEF0', text2: '#B3C0C7', hint: '#93A2AB', accent: '#5CC3D8', onAccent: '#06232B', accentHover: '#83D3E3',
  bar: '#0B1215', barText: '#E8EEF0', barSunk: '#1C272D', barLine: '#334148', action: '#43B4CB', onAction: '#06232B',
  waiting: '#F3BE63', waitingBg: '#3E2F13', accepted: '#8FBFFB', acceptedBg: '#1B3150', progress: '#5CC3D8', progressBg: '#173A43',
  hold: '#FFAD7D', holdBg: '#44281A', done: '#7FD39A', doneBg: '#173423', closed: '#B3C0C7', closedBg: '#2A353B',
  danger: '#FF9A92', dangerBg: '#45201F', internalBg: '#332A14', internalLine: '#7A6226', internalTag: '#7D6322', internalTagText: '#FFF1CC',
  ownBg: '#16323A', ownLine: '#2C5561', page: '#10171B', card: '#182126', sunk: '#141C21', line: '#334148', hairline: '#263238',
  paper: '#1F2A30', solidDanger: '#FF9A92', onSolidDanger: '#3A0F0D', barChart: '#4B7480',
};

/** `--accent-hover` and so on: what the style sheets of the features are written in. */
export function asVariables(tokens: Tokens): Record<string, string> {
  const named = Object.entries(tokens).map(([name, value]) => [`--${name.replace(/[A-Z\d]/g, (one) => `-${one.toLowerCase()}`)}`, value]);
  return Object.fromEntries(named) as Record<string, string>;
}
