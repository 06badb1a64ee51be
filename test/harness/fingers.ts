import { page } from './labPage.js'

type Place = readonly [x: number, y: number]

export interface Fingers {
  /** Puts one finger, or more, down at places of the page. */
  readonly down: (...places: Place[]) => Promise<unknown>
  readonly move: (...places: Place[]) => Promise<unknown>
  /** Takes all of them away. */
  readonly up: () => Promise<unknown>
  /** Presses shortly. */
  readonly tap: (place: Place) => Promise<unknown>
}

/** Has the page worked by fingers, as on a phone, while `work` does so. */
export async function byFingers(work: (fingers: Fingers) => Promise<void>): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly Place[] = []) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) })
  const up = () => send('touchEnd')
  try {
    await work({
      down: (...places) => send('touchStart', places),
      move: (...places) => send('touchMove', places),
      up,
      tap: async (place) => {
        await send('touchStart', [place])
        await up()
      },
    })
  } finally {
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: false })
    await session.detach()
  }
}
