import {
  createTheme,
  Button,
  Checkbox,
  Input,
  Modal,
  Switch,
  TextInput,
  PasswordInput,
  Tooltip,
  type CSSVariablesResolver,
} from '@mantine/core';

/** The kit speaks the tokens of `styles/tokens.css`, in both schemes. */
const onTokens: Readonly<Record<string, string>> = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink2)',
  '--mantine-color-placeholder': 'var(--ink3)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--line2)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-blue-filled': 'var(--accent)',
  '--mantine-color-blue-filled-hover': 'var(--accent-strong)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
};

export const tokenVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...onTokens },
  dark: { ...onTokens },
});

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: '7px',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontSizes: {
    xs: 'var(--text-small)',
    sm: 'var(--text-body)',
    md: 'var(--text-body)',
    lg: 'var(--text-head)',
    xl: 'var(--text-head)',
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm', variant: 'default' }, classNames: { root: 'button' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' }, classNames: { input: 'tick', label: 'tick-label' } }),
    Switch: Switch.extend({ defaultProps: { size: 'sm' } }),
    // What is wrong with a field is read out when it appears, and with the field.
    InputWrapper: Input.Wrapper.extend({ defaultProps: { errorProps: { role: 'alert' } } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    // The kit keeps its eye away from the keyboard.
    PasswordInput: PasswordInput.extend({
      defaultProps: {
        size: 'sm',
        visibilityToggleFocusable: true,
        visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' },
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: '12px',
        size: 460,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      classNames: { title: 'modal-title' },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { multiline: true, maw: 300, withArrow: true, openDelay: 150 } }),
  },
});
