// The visual language: calm pine green on cool greys, small radii, dense but even spacing.
import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';
import type { TFunction } from 'i18next';
import type { Status } from '@/api/types';
import classes from './theme.module.css';

const pine: MantineColorsTuple = [
  '#e9f7f4',
  '#d5ece7',
  '#a9d8cf',
  '#79c3b5',
  '#51b19f',
  '#379f8c',
  '#1c8575',
  '#0f6b63',
  '#0b544e',
  '#073d39',
];

const slate: MantineColorsTuple = [
  '#f6f8f9',
  '#eceff1',
  '#dde3e6',
  '#c3ccd1',
  '#9fabb2',
  '#74828b',
  '#56646d',
  '#414d55',
  '#2c363d',
  '#1c2429',
];

const night: MantineColorsTuple = [
  '#dfe5e8',
  '#bcc6cb',
  '#a2aeb5',
  '#74828b',
  '#48565f',
  '#36424a',
  '#29333a',
  '#1c2429',
  '#151b20',
  '#0f1417',
];

const THEME: MantineThemeOverride = {
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 7 },
  colors: { pine, gray: slate, dark: night },
  defaultRadius: 'md',
  focusClassName: classes.focus,
  // Steps of 4 px that grow with their size.
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  cursorType: 'pointer',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  components: {
    // In place, a menu stays within its landmark; without the placeholder it holds nothing but its items.
    Menu: {
      defaultProps: { shadow: 'md', withinPortal: false, withInitialFocusPlaceholder: false },
      classNames: { item: classes.item },
    },
    Input: { classNames: { input: classes.input } },
    Skeleton: { classNames: { root: classes.skeleton } },
    Title: { classNames: { root: classes.heading } },
    Tooltip: { defaultProps: { openDelay: 400 } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
  },
};

/** The theme, whose few words are in the reader's language. */
export function themeIn(t: TFunction): MantineThemeOverride {
  const closeButtonProps = { 'aria-label': t('shell.close') };
  return createTheme({
    ...THEME,
    components: { ...THEME.components, Notification: { defaultProps: { closeButtonProps } } },
  });
}

/** The text and the ground of each status. */
function statusColors(colors: Record<Status, [text: string, ground: string]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colors).flatMap(([status, [text, ground]]) => [
      [`--status-${status}-text`, text],
      [`--status-${status}-ground`, ground],
    ]),
  );
}

/** Muted text keeps a contrast of 4.5 on every surface of the app. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': colors.gray[6],
    '--mantine-color-body': '#ffffff',
    '--app-accent': colors.pine?.[7] ?? '',
    '--app-surface': colors.gray[0],
    '--app-line': colors.gray[2],
    '--app-hover': colors.gray[1],
    '--app-selected': colors.pine?.[0] ?? '',
    '--app-mine': colors.pine?.[1] ?? '',
    '--app-theirs': colors.gray[1],
    '--app-note': '#fff4d6',
    '--app-note-line': '#d9a514',
    '--app-warning': '#fff1cf',
    '--app-warning-text': '#5c3b00',
    '--app-done': '#0a5f3a',
    ...statusColors({
      open: ['#8a3b00', '#ffeeda'],
      in_progress: ['#1f48b5', '#e6edff'],
      pending: ['#6a3fa0', '#f2eafd'],
      resolved: ['#0a5f3a', '#dcf5e7'],
      closed: [colors.gray[7], colors.gray[2]],
    }),
    '--mantine-color-error': '#b42318',
    '--mantine-color-placeholder': colors.gray[6],
  },
  dark: {
    '--mantine-color-dimmed': colors.dark[2],
    '--mantine-color-body': colors.dark[8],
    '--app-accent': colors.pine?.[4] ?? '',
    '--app-surface': colors.dark[9],
    '--app-line': colors.dark[5],
    '--app-hover': colors.dark[6],
    '--app-selected': '#12352f',
    '--app-mine': '#12443d',
    '--app-theirs': colors.dark[6],
    '--app-note': '#3a2f10',
    '--app-note-line': '#b98a12',
    '--app-warning': '#3d2f0c',
    '--app-warning-text': '#ffdf9e',
    '--app-done': '#8fe0b5',
    ...statusColors({
      open: ['#ffc18f', '#47280d'],
      in_progress: ['#a9c3ff', '#1c2f63'],
      pending: ['#d3b6ff', '#3a2560'],
      resolved: ['#8fe0b5', '#0f3f2a'],
      closed: [colors.dark[1], colors.dark[5]],
    }),
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-placeholder': colors.dark[2],
    '--mantine-color-anchor': colors.pine?.[3] ?? '',
  },
});
