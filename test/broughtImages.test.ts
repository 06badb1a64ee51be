import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { button, drawOne, examined, greysOf, open, train } from './harness/drawing.js'
import { page, useLabPage } from './harness/labPage.js'

useLabPage()

const choose = async (name: string, mimeType: string, buffer: Buffer) => {
  const chooser = page.waitForEvent('filechooser')
  await button('Choose an image …').click()
  await (await chooser).setFiles({ name, mimeType, buffer })
}
const problem = () => page.getByRole('region', { name: 'Draw' }).getByRole('alert')

describe('an image that is brought', () => {
  /** A black stroke on white paper, as a photograph has it. */
  const dark = (width = 300, height = 200) =>
    sharp({ create: { width, height, channels: 3, background: '#f4f0e8' } })
      .composite([{ input: { create: { width: 20, height: 120, channels: 3, background: '#202020' } }, left: 40, top: 30 }])
      .png()
      .toBuffer()

  it('is chosen, dropped or pasted, and read as ink on paper', async () => {
    const id = await train()
    await open(id)
    await choose('one.png', 'image/png', await dark())
    await page
      .getByTestId('placement')
      .getByText(/^“one\.png”, dark on light, so swapped: 20 × 120 pixels taken from column 40, row 30;/)
      .waitFor()
    await examined().waitFor()
    const chosen = await greysOf('What the model sees')
    expect(Math.max(...chosen)).toBe(255)

    const bytes = [...(await dark(100, 160))]
    const hand = (kind: 'drop' | 'paste') =>
      page.getByTestId('image-drop').evaluate(
        (node, given) => {
          const data = new DataTransfer()
          data.items.add(new File([Uint8Array.from(given.bytes)], `${given.kind}.png`, { type: 'image/png' }))
          const event =
            given.kind === 'drop'
              ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
              : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          node.dispatchEvent(event)
        },
        { kind, bytes },
      )
    await hand('drop')
    await page.getByTestId('placement').getByText('“drop.png”').waitFor()
    await hand('paste')
    await page.getByTestId('placement').getByText('“paste.png”').waitFor()
    // What is drawn then takes its place.
    await drawOne()
    await page
      .getByTestId('placement')
      .getByText(/^Drawn: /)
      .waitFor()
  })

  it('is refused with clear words where it is none, too large or empty, and what was there stays', async () => {
    const id = await train()
    await open(id)
    await drawOne()
    const before = await greysOf('What the model sees')
    await choose('note.png', 'image/png', Buffer.from('This is a text and no image.'))
    await problem().getByText('“note.png” is no image that can be read here, whatever its name says.').waitFor()
    // Nothing decodes what its header says is too large.
    const header = Buffer.from((await dark()).subarray(0, 64))
    header.writeUInt32BE(10_000, 16)
    header.writeUInt32BE(10_000, 20)
    await page.evaluate(() => {
      Object.assign(globalThis, { decoded: 0 })
      const decode = globalThis.createImageBitmap
      globalThis.createImageBitmap = ((...given: Parameters<typeof decode>) => {
        Object.assign(globalThis, { decoded: 1 })
        return decode(...given)
      }) as typeof decode
    })
    await choose('huge.png', 'image/png', header)
    await problem()
      .getByText('“huge.png” has 100 megapixels (10000 × 10000); images of up to 40 are decoded. Make it smaller first.')
      .waitFor()
    expect(await page.evaluate(() => (globalThis as unknown as { decoded: number }).decoded)).toBe(0)
    await choose('cut.png', 'image/png', (await dark()).subarray(0, 200))
    await problem().getByText('“cut.png” begins as an image and cannot be decoded: it is damaged or cut off.').waitFor()
    await choose(
      'white.png',
      'image/png',
      await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    )
    await problem().getByText('There is nothing to see on it: it is the same everywhere.').waitFor()
    expect(await greysOf('What the model sees')).toEqual(before)
    await choose('one.png', 'image/png', await dark())
    await problem().waitFor({ state: 'detached' })
  })
})
