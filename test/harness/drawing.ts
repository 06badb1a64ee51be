import { query } from './lab.mjs'
import { lab, page } from './labPage.js'
import { untilServerSays } from './runs.js'

const LAUNCH = 'mutation($input: LaunchRunInput!) { launchRun(input: $input) { id } }'

/** Trains a run on a few examples. */
export async function train(config: Record<string, unknown> = {}): Promise<string> {
  const whole = {
    data: { dataset: 'mnist', trainCount: 300, testCount: 200 },
    architecture: { dense: { latentDimension: 8 } },
    training: { epochs: 1, batchSize: 50 },
    ...config,
  }
  const id = (await query(lab.url, LAUNCH, { input: { config: whole } })).launchRun.id
  await untilServerSays(id, 'COMPLETED')
  return id
}

export const visit = (id: string, search = '') => page.goto(`${lab.url}/runs/${id}?tab=latent${search}`)
export const button = (name: string) => page.getByRole('button', { name, exact: true })
export const pad = () => page.getByTestId('draw-pad')
export const rubber = () => page.getByTestId('rub-pad')
export const examined = () => page.locator('[data-testid="examined"][data-ready]')
export const linked = (name: string) => new URL(page.url()).searchParams.get(name)
export const boxOf = async (node = pad()) => (await node.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
export const row = (name: string) => page.getByRole('region', { name, exact: true })

/** Reads the grey values of an image of the panel. */
export const greysOf = (name: string) =>
  page
    .getByTestId('examined')
    .getByRole('img', { name, exact: true })
    .evaluate((node) => {
      const canvas = node as HTMLCanvasElement
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
      return Array.from(data).filter((_, at) => at % 4 === 0)
    })

/** Draws a 1 with the mouse, on the left of the sheet. */
export async function drawOne(): Promise<void> {
  await pad().scrollIntoViewIfNeeded()
  const box = await boxOf()
  await page.mouse.move(box.x + 0.2 * box.width, box.y + 0.2 * box.height)
  await page.mouse.down()
  for (const down of [0.4, 0.6, 0.8]) await page.mouse.move(box.x + 0.2 * box.width, box.y + down * box.height)
  await page.mouse.up()
  await examined().waitFor()
}

/** Opens the latent space where it is drawn. */
export async function open(id: string, search = ''): Promise<void> {
  await visit(id, search)
  await page.locator('[data-testid="decoded-image"][data-ready]').waitFor()
  await pad().waitFor()
}
