import type { ChartSeries } from './chartData'

interface LineSwatchProps {
  readonly colour: string
  readonly dash?: readonly number[] | undefined
  readonly draw?: ChartSeries['draw'] | undefined
}

/** Shows how a line is drawn: its colour and dashes, or a dot where it is points alone. */
export function LineSwatch({ colour, dash, draw }: LineSwatchProps) {
  return (
    <svg width="16" height="8" viewBox="0 0 16 8" style={{ color: colour, flex: 'none' }} aria-hidden="true">
      {draw === 'points' ? (
        <circle cx="8" cy="4" r="3.5" fill="currentColor" />
      ) : (
        <line x1="0" y1="4" x2="16" y2="4" stroke="currentColor" strokeWidth="2" strokeDasharray={dash?.join(' ')} />
      )}
    </svg>
  )
}
