/** What the page's styles say of lines and text, and a file has to say itself. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
] as const

/** Copies a drawing of the page with the styles that the page gives it written into it. */
export function inlineStyles(shown: SVGSVGElement): SVGSVGElement {
  const copy = shown.cloneNode(true) as SVGSVGElement
  const originals = [...shown.querySelectorAll<SVGElement>('*')]
  for (const [index, own] of [...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const original = originals[index]
    if (original) own.setAttribute('style', styleOf(original))
    own.removeAttribute('class')
  }
  copy.removeAttribute('class')
  return copy
}

function styleOf(element: Element): string {
  const style = getComputedStyle(element)
  return STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';')
}
