import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What opens under a pointer does so a moment after that has come to rest, in milliseconds. */
const MOMENT = 2_000

interface HoverOptions {
  readonly page: Page
  readonly over: Locator
  readonly shows: Locator
}

/** Points at something until what it shows is there: what arrives meanwhile may move it away below the pointer. */
export async function hoverUntil({ page, over, shows }: HoverOptions): Promise<void> {
  await expect
    .poll(async () => {
      if (await shows.isVisible()) return true
      await page.mouse.move(0, 0)
      await over.hover()
      return shows.waitFor({ timeout: MOMENT }).then(
        () => true,
        () => false,
      )
    })
    .toBe(true)
}
