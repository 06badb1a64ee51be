import type { FigureSource } from './FigureSource'
import { configurationsOf } from './figureCaption'
import { inlineStyles } from './inlineStyles'

/**
 * Writes the drawing that an element shows as an SVG file of its own, in the colours of the page, with what made it as its title and description.
 * Throws where the element shows none.
 */
export function renderDrawing(element: HTMLElement, source: FigureSource): string {
  const shown = [...element.querySelectorAll<SVGSVGElement>('svg[data-drawing]')].find(({ clientWidth }) => clientWidth > 0)
  if (!shown) throw new Error('Expected a drawing in the figure, found none. Wait until it is there.')
  const copy = inlineStyles(shown)
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  const { width, height } = shown.viewBox.baseVal
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const background = getComputedStyle(document.documentElement).getPropertyValue('--hg-background').trim()
  copy.prepend(
    withText('title', source.title),
    withText(
      'desc',
      [shown.getAttribute('aria-label') ?? '', ...source.runs.map(({ number, name, summary }) => `#${number} ${name} · ${summary}`)].join(
        '\n',
      ),
    ),
    withText('metadata', configurationsOf(source.runs)),
    backgroundOf(width, height, background),
  )
  return new XMLSerializer().serializeToString(copy)
}

function withText(name: 'title' | 'desc' | 'metadata', text: string): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  element.textContent = text
  return element
}

function backgroundOf(width: number, height: number, fill: string): SVGElement {
  const rectangle = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ width: String(width), height: String(height), fill })) rectangle.setAttribute(name, value)
  return rectangle
}
