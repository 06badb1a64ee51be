import { expect } from 'vitest'
import { page } from './labPage.js'
import { untilListens } from './untilListens.js'

/** Presses the key that leads to a page, and again where it was not heard, as whoever reads the page would. */
export async function goByKey(key: string, path: string): Promise<void> {
  await untilListens(page)
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
