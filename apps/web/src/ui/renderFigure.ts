import { embeddedFonts } from './embeddedFonts'
import type { FigureRun, FigureSource } from './FigureSource'
import { addPngText } from './pngText'
import { coverWithSharp } from './sharpCanvases'

/** Device pixels a CSS pixel. */
const SCALE = 2
const MARGIN = 16
const GAP = 10
const TITLE_FONT = "600 14px 'Inter Variable', system-ui, sans-serif"
const CAPTION_FONT = "11px 'Inter Variable', system-ui, sans-serif"
const TITLE_LINE_HEIGHT = 20
const LINE_HEIGHT = 16
/** Runs that the caption names one by one; the image's text holds all. */
const MOST_NAMED = 12

/** Parts of a figure that are only of use on the page. */
const LEFT_OUT = '[data-not-in-figure]'

/**
 * Draws what an element shows as a PNG image at twice its size, in the colours of the page, with its title above and what made it below;
 * the whole configuration of every run goes along as text in the file (iTXt, keyword `Configuration`, JSON).
 */
export async function renderFigure(element: HTMLElement, source: FigureSource): Promise<Uint8Array<ArrayBuffer>> {
  const style = getComputedStyle(document.documentElement)
  const background = style.getPropertyValue('--hg-background').trim()
  const { domToCanvas } = await import('modern-screenshot')
  const font = { cssText: await embeddedFonts() }
  const uncover = window.devicePixelRatio < SCALE ? await coverWithSharp(element, SCALE) : () => {}
  const figure = await domToCanvas(element, {
    scale: SCALE,
    backgroundColor: background,
    font,
    filter: (node) => !(node instanceof Element && node.matches(LEFT_OUT)),
  }).finally(uncover)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser gave no canvas to draw the figure on.')
  const width = figure.width / SCALE
  const height = figure.height / SCALE
  const captions = captionLines(source.runs.slice(0, MOST_NAMED), source.runs.length)
  const title = wrap(context, [source.title], { font: TITLE_FONT, width })
  const caption = wrap(context, captions, { font: CAPTION_FONT, width })
  const figureTop = MARGIN + title.length * TITLE_LINE_HEIGHT + GAP
  const captionTop = figureTop + height + GAP
  canvas.width = (width + 2 * MARGIN) * SCALE
  canvas.height = (captionTop + caption.length * LINE_HEIGHT + MARGIN) * SCALE
  context.scale(SCALE, SCALE)
  context.fillStyle = background
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.textBaseline = 'top'
  context.fillStyle = style.getPropertyValue('--hg-text').trim()
  context.font = TITLE_FONT
  for (const [index, line] of title.entries()) context.fillText(line, MARGIN, MARGIN + index * TITLE_LINE_HEIGHT)
  context.drawImage(figure, MARGIN, figureTop, width, height)
  context.fillStyle = style.getPropertyValue('--hg-muted').trim()
  context.font = CAPTION_FONT
  for (const [index, line] of caption.entries()) context.fillText(line, MARGIN, captionTop + index * LINE_HEIGHT)
  return addPngText(await toPng(canvas), {
    Title: source.title,
    Description: captionLines(source.runs, source.runs.length).join('\n'),
    Software: 'Hourglass',
    Configuration: JSON.stringify(source.runs.map(({ number, name, config }) => ({ number, name, config }))),
  })
}

/** Says what trained: one run is named by the title already. */
function captionLines(named: readonly FigureRun[], count: number): readonly string[] {
  const lines = named.map(({ number, name, summary }) => (count === 1 ? summary : `#${number} ${name} · ${summary}`))
  return count > lines.length ? [...lines, `and ${count - lines.length} more runs`] : lines
}

interface Wrapping {
  readonly font: string
  /** In pixels. */
  readonly width: number
}

/** Breaks lines between words so that they fit. */
function wrap(context: CanvasRenderingContext2D, texts: readonly string[], { font, width }: Wrapping): readonly string[] {
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

async function toPng(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error(`The browser could not write an image of ${canvas.width} by ${canvas.height} pixels.`)
  return new Uint8Array(await blob.arrayBuffer())
}
