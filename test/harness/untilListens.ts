import type { Page } from 'playwright-core'

/** What of a page is clicked and typed in. */
const WORKED = ':is(header, main) :is(button, input, select, textarea)'

/**
 * Waits until React has taken over the page that was sent, with all of its parts: before that, no key does anything, and a click or a text that comes too
 * early is lost. A page that is not of the dashboard is taken as it is.
 */
export async function untilListens(page: Page): Promise<void> {
  await page.waitForFunction((worked) => {
    const isTakenOver = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactFiber'))
    if (document.querySelector('script[src*="/_next/"]') === null) return true
    const header = document.querySelector('header')
    return header !== null && isTakenOver(header) && [...document.querySelectorAll(worked)].every(isTakenOver)
  }, WORKED)
  // What a component does once it is there follows within a frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}
