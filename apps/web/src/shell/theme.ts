import { Button, createTheme, Input, type MantineColorsTuple, Modal, SegmentedControl, Tooltip } from '@mantine/core'

/** Teal, the one accent: links, focus, progress and what is selected. */
const accent: MantineColorsTuple = [
  '#e6f6f4',
  '#cdebe7',
  '#9ddad2',
  '#6bc8bd',
  '#43b8ab',
  '#27a496',
  '#0e8378',
  '#0b756a',
  '#085e55',
  '#054840',
]

const gray: MantineColorsTuple = [
  '#f8f9fa',
  '#f1f3f4',
  '#e6e8eb',
  '#d8dbdf',
  '#bfc4ca',
  '#9198a1',
  '#6a717b',
  '#4b525b',
  '#30353c',
  '#1a1d21',
]

const dark: MantineColorsTuple = [
  '#d3d7dc',
  '#b3b9c1',
  '#8f97a1',
  '#6b737e',
  '#454c55',
  '#31363d',
  '#262a30',
  '#181b1f',
  '#131519',
  '#0d0f12',
]

const red: MantineColorsTuple = [
  '#fff0ef',
  '#ffdcd9',
  '#ffb8b2',
  '#ff938a',
  '#ff8a80',
  '#d9373d',
  '#c42f2f',
  '#b3261e',
  '#97201a',
  '#7a1a15',
]

/** Describes the look for Mantine: small type, small radii, tight spacing. Surfaces and lines are in tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  colors: { accent, gray, dark, red },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.125rem', lineHeight: '1.35' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.375rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs', fw: 500 },
      // The smallest is as high as a finger needs: 24 px.
      vars: (_, { size }) => ({ root: size === 'compact-xs' ? { '--button-height': '1.5rem' } : {} }),
    }),
    InputWrapper: Input.Wrapper.extend({
      vars: () => ({
        label: { '--input-label-size': '0.8125rem' },
        description: { '--input-description-size': '0.75rem' },
        error: { '--input-error-size': '0.75rem' },
        success: {},
      }),
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { withItemsBorders: false, transitionDuration: 120 },
      styles: { root: { background: 'var(--hg-track)' } },
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 120 } }, styles: { title: { fontWeight: 600 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, fz: 'xs', px: 8, py: 4 } }),
  },
})
