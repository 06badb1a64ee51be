import { drawCanvas } from './canvasDrawings'
import { drawBox } from './drawBox'
import { drawTexts } from './drawTexts'
import type { FigureSource } from './FigureSource'
import {
  CAPTION_FONT,
  captionLines,
  configurationsOf,
  FONT_FAMILY,
  GAP,
  LINE_HEIGHT,
  MARGIN,
  MOST_NAMED,
  TITLE_FONT,
  TITLE_LINE_HEIGHT,
  wrap,
} from './figureCaption'
import { inlineStyles } from './inlineStyles'
import { LEFT_OUT } from './renderFigure'
import { filledWith, plainColour, svgElement } from './svgElement'

const isShown = (element: Element) => {
  const { width, height } = element.getBoundingClientRect()
  // What is for screen readers alone is one pixel large.
  return width > 1 || height > 1
}

/** Tells whether all that a figure shows is lines and text, so that it can be drawn without a picture in it. */
export function isDrawable(element: HTMLElement): boolean {
  const shown = [...element.querySelectorAll('canvas, img, [data-drawn]')].filter((each) => !each.closest(LEFT_OUT) && isShown(each))
  return (
    shown.length > 0 &&
    shown.every((each) => !(each instanceof HTMLImageElement) && (!(each instanceof HTMLCanvasElement) || drawCanvas(each) !== null))
  )
}

/**
 * Draws what an element shows as an SVG file of its own, in the colours of the page, with its title above and what made it below: lines stay lines and
 * text stays text, in the font that it names. The whole configuration of every run goes along as metadata (JSON). Throws where a part cannot be drawn so.
 */
export function drawFigure(element: HTMLElement, source: FigureSource): string {
  const frame = element.getBoundingClientRect()
  const style = getComputedStyle(document.documentElement)
  const context = document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('The browser gave no canvas to measure text with.')
  const title = wrap(context, [source.title], { font: TITLE_FONT, width: frame.width })
  const captions = captionLines(source.runs.slice(0, MOST_NAMED), source.runs.length)
  const caption = wrap(context, captions, { font: CAPTION_FONT, width: frame.width })
  const figureTop = MARGIN + title.length * TITLE_LINE_HEIGHT + GAP
  const captionTop = figureTop + frame.height + GAP
  const width = frame.width + 2 * MARGIN
  const height = captionTop + caption.length * LINE_HEIGHT + MARGIN
  const ink = filledWith(plainColour('var(--hg-text)', style))
  const muted = filledWith(plainColour('var(--hg-muted)', style))
  const drawing = svgElement('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': FONT_FAMILY }, [
    svgElement('title', {}, [source.title]),
    svgElement('desc', {}, [captionLines(source.runs, source.runs.length).join('\n')]),
    svgElement('metadata', {}, [configurationsOf(source.runs)]),
    svgElement('rect', { width, height, ...filledWith(plainColour('var(--hg-background)', style)) }),
    ...title.map((line, index) =>
      svgElement('text', { x: MARGIN, y: MARGIN + index * TITLE_LINE_HEIGHT + 13, 'font-size': 14, 'font-weight': 600, ...ink }, [line]),
    ),
    svgElement('g', { transform: `translate(${MARGIN} ${figureTop})` }, drawElement(element, frame)),
    ...caption.map((line, index) =>
      svgElement('text', { x: MARGIN, y: captionTop + index * LINE_HEIGHT + 11, 'font-size': 11, ...muted }, [line]),
    ),
  ])
  return new XMLSerializer().serializeToString(drawing)
}

/** Draws an element and what is in it, in pixels from the upper left corner of the frame. */
function drawElement(element: Element, frame: DOMRect): readonly SVGElement[] {
  if (element.matches(LEFT_OUT) || !isShown(element)) return []
  const style = getComputedStyle(element)
  if (style.display === 'none' || style.visibility === 'hidden') return []
  const { left, top, width, height } = element.getBoundingClientRect()
  const [x, y] = [left - frame.left, top - frame.top]
  if (element instanceof HTMLCanvasElement) {
    const drawn = drawCanvas(element)
    if (!drawn) throw new Error('Expected a figure of lines and text, got one with a picture in it. Save it as an image.')
    return [svgElement('g', { transform: `translate(${x.toFixed(2)} ${y.toFixed(2)})` }, [drawn])]
  }
  if (element instanceof SVGSVGElement) {
    const copy = inlineStyles(element)
    for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, String(value))
    return [copy]
  }
  const children = [...element.childNodes].flatMap((child) => (child instanceof Element ? drawElement(child, frame) : []))
  const drawn = [...drawBox(element, style, frame), ...drawTexts(element, style, frame), ...children]
  const opacity = Number(style.opacity)
  return opacity < 1 ? [svgElement('g', { opacity }, drawn)] : drawn
}
