import type { Page, Request } from 'playwright-core'

/** Keeps back what a page asks for until it is released: answers that take long, at the moment of a test's choosing. */
export async function holdRequests(page: Page, isHeld: (request: Request) => boolean): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/*', async (route) => {
    if (isHeld(route.request())) await released
    await route.continue()
  })
  return release
}
