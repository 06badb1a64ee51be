import { embeddedFonts } from './embeddedFonts'
import type { FigureSource } from './FigureSource'
import {
  CAPTION_FONT,
  captionLines,
  configurationsOf,
  GAP,
  LINE_HEIGHT,
  MARGIN,
  MOST_NAMED,
  TITLE_FONT,
  TITLE_LINE_HEIGHT,
  wrap,
} from './figureCaption'
import { addPngText } from './pngText'
import { coverWithSharp } from './sharpCanvases'

/** Device pixels a CSS pixel, unless others are asked for. */
const SCALE = 2
/** Parts of a figure that are only of use on the page. */
export const LEFT_OUT = '[data-not-in-figure]'

/**
 * Draws what an element shows as a PNG image at twice its size, in the colours of the page, with its title above and what made it below;
 * the whole configuration of every run goes along as text in the file (iTXt, keyword `Configuration`, JSON).
 */
export async function renderFigure(element: HTMLElement, source: FigureSource, scale = SCALE): Promise<Uint8Array<ArrayBuffer>> {
  const style = getComputedStyle(document.documentElement)
  const background = style.getPropertyValue('--hg-background').trim()
  const { domToCanvas } = await import('modern-screenshot')
  const font = { cssText: await embeddedFonts() }
  const uncover = window.devicePixelRatio < scale ? await coverWithSharp(element, scale) : () => {}
  const figure = await domToCanvas(element, {
    scale,
    backgroundColor: background,
    font,
    filter: (node) => !(node instanceof Element && node.matches(LEFT_OUT)),
  }).finally(uncover)
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) throw new Error('The browser gave no canvas to draw the figure on.')
  const width = figure.width / scale
  const height = figure.height / scale
  const captions = captionLines(source.runs.slice(0, MOST_NAMED), source.runs.length)
  const title = wrap(context, [source.title], { font: TITLE_FONT, width })
  const caption = wrap(context, captions, { font: CAPTION_FONT, width })
  const figureTop = MARGIN + title.length * TITLE_LINE_HEIGHT + GAP
  const captionTop = figureTop + height + GAP
  canvas.width = (width + 2 * MARGIN) * scale
  canvas.height = (captionTop + caption.length * LINE_HEIGHT + MARGIN) * scale
  context.scale(scale, scale)
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
    Configuration: configurationsOf(source.runs),
  })
}

async function toPng(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error(`The browser could not write an image of ${canvas.width} by ${canvas.height} pixels.`)
  return new Uint8Array(await blob.arrayBuffer())
}
