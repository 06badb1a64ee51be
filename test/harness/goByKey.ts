import { expect } from 'vitest'
import { page } from './labPage.js'

/** Waits until React has taken over the page that was sent: before that, no key does anything. */
export async function untilListens(): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() => {
        const header = document.querySelector('header')
        return header !== null && Object.keys(header).some((key) => key.startsWith('__reactFiber'))
      }),
    )
    .toBe(true)
  // What a component does once it is there follows within a frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
}

/** Presses the key that leads to a page, and again where it was not heard, as whoever reads the page would. */
export async function goByKey(key: string, path: string): Promise<void> {
  await untilListens()
  await expect
    .poll(
      async () => {
        await page.keyboard.press(key)
        return new URL(page.url()).pathname
      },
      { interval: 1000 },
    )
    .toBe(path)
}
