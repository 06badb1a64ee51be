import type { FigureRun } from './FigureSource'
import { formatCounted } from './formatQuantity'

export const TITLE_FONT = "600 14px 'Inter Variable', system-ui, sans-serif"
export const CAPTION_FONT = "11px 'Inter Variable', system-ui, sans-serif"
export const FONT_FAMILY = "'Inter Variable', Inter, system-ui, sans-serif"
export const TITLE_LINE_HEIGHT = 20
export const LINE_HEIGHT = 16
export const MARGIN = 16
export const GAP = 10
/** Runs that the caption names one by one; what is written into the file besides holds all. */
export const MOST_NAMED = 12

/** Says what trained: one run is named by the title already. */
export function captionLines(named: readonly FigureRun[], count: number): readonly string[] {
  const lines = named.map(({ number, name, summary }) => (count === 1 ? summary : `#${number} ${name} · ${summary}`))
  return count > lines.length ? [...lines, `and ${formatCounted(count - lines.length, 'more run')}`] : lines
}

/** Writes the configurations of all runs, for programs. */
export function configurationsOf(runs: readonly FigureRun[]): string {
  return JSON.stringify(runs.map(({ number, name, config }) => ({ number, name, config })))
}

interface Wrapping {
  readonly font: string
  /** In pixels. */
  readonly width: number
}

/** Breaks lines between words so that they fit. */
export function wrap(context: CanvasRenderingContext2D, texts: readonly string[], { font, width }: Wrapping): readonly string[] {
  context.font = font
  return texts.flatMap((text) => {
    const lines: string[] = []
    let line = ''
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && context.measureText(longer).width > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    return [...lines, line]
  })
}
