import { expect } from 'vitest'
import { page } from './labPage.js'

/** Presses the key that leads to a page, and again where the page that was sent does not listen yet, as whoever reads it would. */
export async function goByKey(key: string, path: string): Promise<void> {
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
