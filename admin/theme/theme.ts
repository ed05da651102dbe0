import type { RaThemeOptions } from 'react-admin';
import { asVariables, DARK, LIGHT, type Tokens } from './tokens.ts';

const FONT = '-apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, system-ui, "Helvetica Neue", Arial, sans-serif';
const FOCUS = { outline: '2px solid var(--accent)', outlineOffset: 2 };
const COARSE = '@media (pointer: coarse), (max-width: 599.95px)';

export const lightTheme = themeOf('light', LIGHT);
export const darkTheme = themeOf('dark', DARK);

function themeOf(mode: 'light' | 'dark', tokens: Tokens): RaThemeOptions {
  return {
    palette: {
      mode,
      primary: { main: tokens.accent, dark: tokens.accentHover, contrastText: tokens.onAccent },
      secondary: { main: tokens.accent, contrastText: tokens.onAccent },
      error: { main: tokens.danger },
      warning: { main: tokens.waiting },
      success: { main: tokens.done },
      info: { main: tokens.accepted },
      text: { primary: tokens.text, secondary: tokens.text2, disabled: tokens.hint },
      background: { default: tokens.page, paper: tokens.paper },
      divider: tokens.line,
    },
    shape: { borderRadius: 6 },
    spacing: 4,
    typography: {
      fontFamily: FONT,
      fontSize: 13,
      body1: { fontSize: 13, lineHeight: '19px' },
      body2: { fontSize: 13, lineHeight: '19px' },
      caption: { fontSize: 12, lineHeight: '16px' },
      button: { fontSize: 13, fontWeight: 650, textTransform: 'none', lineHeight: '18px' },
      h5: { fontSize: 20, lineHeight: '26px', fontWeight: 650 },
      h6: { fontSize: 14, lineHeight: '20px', fontWeight: 650 },
    },
    components: { ...baseline(tokens), ...controls(), ...surfaces() },
  };
}

function baseline(tokens: Tokens): RaThemeOptions['components'] {
  return {
    MuiCssBaseline: { styleOverrides: { ':root': { ...asVariables(tokens), '--font': FONT } } },
    MuiButtonBase: { defaultProps: { disableRipple: true }, styleOverrides: { root: { '&:focus-visible': FOCUS } } },
  };
}

function controls(): RaThemeOptions['components'] {
  return {
    MuiButton: {
      defaultProps: { size: 'small', disableElevation: true, color: 'primary' },
      styleOverrides: {
        root: { minHeight: 32, padding: '5px 12px', whiteSpace: 'nowrap', [COARSE]: { minHeight: 44 } },
        outlined: { borderColor: 'var(--line)', color: 'var(--text)', backgroundColor: 'var(--card)', '&:hover': { borderColor: 'var(--hint)', backgroundColor: 'var(--sunk)' } },
        startIcon: { '& > *:nth-of-type(1)': { fontSize: 17 } },
      },
      variants: [
        { props: { variant: 'outlined', color: 'error' }, style: { color: 'var(--danger)' } },
        { props: { variant: 'outlined', color: 'warning' }, style: { color: 'var(--waiting)', borderColor: 'var(--waiting)' } },
      ],
    },
    MuiToggleButton: {
      styleOverrides: {
        root: { padding: '4px 10px', gap: 5, fontSize: 12.5, fontWeight: 650, textTransform: 'none', color: 'var(--text-2)', borderColor: 'var(--line)', '&.Mui-selected': { backgroundColor: 'var(--progress-bg)', color: 'var(--accent)' }, [COARSE]: { minHeight: 44 } },
      },
    },
    MuiIconButton: { defaultProps: { size: 'small' }, styleOverrides: { root: { borderRadius: 6, [COARSE]: { minWidth: 44, minHeight: 44 } } } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense', fullWidth: true } },
    MuiFormControl: { defaultProps: { variant: 'outlined', size: 'small', margin: 'dense' } },
    MuiSelect: { defaultProps: { size: 'small' } },
    MuiAutocomplete: {
      defaultProps: { size: 'small', fullWidth: true },
      styleOverrides: {
        paper: { border: '1px solid var(--line)', borderRadius: 8, marginTop: 4, backgroundColor: 'var(--paper)', boxShadow: '0 8px 24px rgb(10 25 30 / 22%)' },
        groupLabel: { fontSize: 12, fontWeight: 650, lineHeight: '26px', color: 'var(--text-2)', backgroundColor: 'var(--paper)' },
        option: { '&&.Mui-focused, &&[aria-selected="true"]': { backgroundColor: 'var(--progress-bg)' } },
      },
    },
    MuiSwitch: {
      styleOverrides: {
        root: { width: 46, height: 32, padding: 7 },
        switchBase: { padding: 9, '&.Mui-checked': { transform: 'translateX(14px)', color: 'var(--card)' }, '&.Mui-checked + .MuiSwitch-track': { opacity: 1, backgroundColor: 'var(--accent)' } },
        thumb: { width: 14, height: 14, boxShadow: 'none', backgroundColor: 'var(--card)' },
        track: { borderRadius: 9, opacity: 1, backgroundColor: 'var(--hint)' },
      },
    },
    MuiOutlinedInput: {
      styleOverrides: {
        root: { backgroundColor: 'var(--card)', minHeight: 36, [COARSE]: { minHeight: 44 } },
        notchedOutline: { borderColor: 'var(--hint)' },
        input: { [COARSE]: { fontSize: 16 } },
      },
    },
    MuiInputLabel: { styleOverrides: { root: { color: 'var(--text-2)' } } },
    MuiFormHelperText: { styleOverrides: { root: { marginLeft: 2, '&:empty': { display: 'none' } } } },
    MuiCheckbox: { defaultProps: { size: 'small' }, styleOverrides: { root: { color: 'var(--hint)', padding: 6 } } },
    MuiRadio: { defaultProps: { size: 'small' }, styleOverrides: { root: { color: 'var(--hint)', padding: 6 } } },
    MuiChip: {
      defaultProps: { size: 'small' },
      styleOverrides: { root: { borderRadius: 5, fontSize: 12, fontWeight: 650, height: 24 }, label: { paddingLeft: 6, paddingRight: 7 }, icon: { fontSize: 15, marginLeft: 6, marginRight: -3 } },
    },
    MuiTab: { styleOverrides: { root: { minHeight: 36, padding: '6px 2px', marginRight: 20, minWidth: 0, fontSize: 13, [COARSE]: { minHeight: 44 } } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 36 } } },
    MuiTooltip: { defaultProps: { enterDelay: 400 }, styleOverrides: { tooltip: { fontSize: 12 } } },
    MuiFormControlLabel: { styleOverrides: { root: { [COARSE]: { minHeight: 44 } }, label: { fontSize: 13 } } },
    MuiMenuItem: { styleOverrides: { root: { fontSize: 13, minHeight: 34, [COARSE]: { minHeight: 44 } } } },
  };
}

function surfaces(): RaThemeOptions['components'] {
  return {
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: { styleOverrides: { root: { border: '1px solid var(--line)', borderRadius: 8, backgroundColor: 'var(--card)' } } },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 10, backgroundColor: 'var(--card)' } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: 18, lineHeight: '24px', fontWeight: 650, padding: '14px 18px' } } },
    MuiDialogContent: { styleOverrides: { root: { padding: '4px 18px 14px' } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '12px 18px', gap: 4, flexWrap: 'wrap' } } },
    MuiPopover: { styleOverrides: { paper: { border: '1px solid var(--line)', borderRadius: 8, boxShadow: '0 8px 24px rgb(10 25 30 / 22%)' } } },
    MuiAlert: { styleOverrides: { root: { fontSize: 13, padding: '4px 12px', alignItems: 'center' } } },
    MuiTableCell: {
      styleOverrides: {
        root: { borderColor: 'var(--hairline)', padding: '5px 14px', fontSize: 13, lineHeight: '17px' },
        head: { fontSize: 12, fontWeight: 650, color: 'var(--text-2)', borderColor: 'var(--line)', backgroundColor: 'var(--card)' },
      },
    },
    MuiTableRow: { styleOverrides: { root: { height: 44 } } },
    MuiSkeleton: { defaultProps: { animation: 'wave' } },
  };
}
