import { expect, it } from 'vitest'
import { StoreState } from '../src/database/StoreState.js'
import { StoreWriter } from '../src/database/StoreWriter.js'
import { collectGarbage } from './collectGarbage.js'

it('what was written is held by nothing once it is', async () => {
  const writes = new StoreWriter({ state: new StoreState(), patience: { milliseconds: 60_000 }, probe: async () => undefined })
  const results: WeakRef<object>[] = []
  for (let count = 0; count < 100; count++) {
    const result = await writes.write(async () => ({ count }))
    results.push(new WeakRef(result))
  }
  await writes.idle()
  const held = async () => {
    await collectGarbage()
    return results.filter((result) => result.deref()).length
  }
  await expect.poll(held, { timeout: 20_000 }).toBeLessThanOrEqual(2)
})
