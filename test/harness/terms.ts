import { listTerms } from '@hourglass/autoencoders/glossary'
import type { Page } from 'playwright-core'

const terms = listTerms()
const words = terms.flatMap(({ title, elsewhere = [] }) => [title, ...elsewhere]).map((word) => word.toLowerCase())
const ids = terms.map(({ id }) => id)

/** What names numbers on a page: headings of tables, terms of lists, labels of forms, titles and marks of plots. */
const NAMES = 'main :is(thead th, tbody th[scope="row"], dt, label, legend, [data-testid="dot-plot"] figcaption, [aria-label="Marks"] li)'
/** Tables of what runs were measured with. */
const MEASURED = 'main table[data-narrow] thead th[data-align="right"]'

/** Lists names on the page that are words of the glossary, or of a column of measurements, and do not lead there; and links that lead to no term. */
export async function namesWithoutTerm(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate(
    ({ NAMES, MEASURED }) => {
      const isShown = (element: HTMLElement) => element.offsetParent !== null
      // What can be chosen is the value of a setting, not its name.
      const isChoice = (element: HTMLElement) =>
        element instanceof HTMLLabelElement && (element.control as HTMLInputElement | null)?.type === 'radio'
      const nameOf = (element: HTMLElement) => ({
        text: element.innerText.trim(),
        isMeasured: element.matches(MEASURED),
        // A heading that orders the rows leads nowhere else.
        leads: element.querySelector('a[href^="/glossary#"], thead button') !== null,
      })
      const links = [...document.querySelectorAll('a[href^="/glossary#"]')].map((link) => (link as HTMLAnchorElement).hash.slice(1))
      return {
        names: [...document.querySelectorAll<HTMLElement>(NAMES)].filter((each) => isShown(each) && !isChoice(each)).map(nameOf),
        links,
      }
    },
    { NAMES, MEASURED },
  )
  // What a title says after a comma or in brackets is of this place alone.
  const isWord = (text: string) => words.includes(text.toLowerCase()) || words.includes(text.replace(/\s*[(,↓↑].*$/s, '').toLowerCase())
  return [
    ...shown.names.filter(({ text, isMeasured, leads }) => !leads && (isMeasured || isWord(text))).map(({ text }) => text),
    ...shown.links.filter((id) => !ids.includes(id)).map((id) => `#${id}`),
  ]
}
