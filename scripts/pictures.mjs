/**
 * Takes the pictures of the chapter's experiments from the figures of a lab that has run their quick versions, as `npm run science` does:
 * `npm run pictures -- FOLDER [preset …]`, with the lab's data folder. They are of this project's own runs, in light and in dark, and lie in
 * apps/web/public/pictures.
 */
import './requireNode.mjs'

const { mkdir, writeFile } = await import('node:fs/promises')
const { join } = await import('node:path')
const { default: sharp } = await import('sharp')
const { presets } = await import('@hourglass/autoencoders')
const { root } = await import('./steps.mjs')
const { startBrowser } = await import('../test/harness/browser.mjs')
const { query, startLab } = await import('../test/harness/lab.mjs')

/** Of a picture, and of the window that the figure is laid out in: pixels of CSS. */
const [WIDTH, HEIGHT, WINDOW] = [560, 240, 760]
const QUALITY = 72
/** Leaves the figure alone, with room around it, and without numbers, which nobody could read. */
const STYLE = `
  header { visibility: hidden }
  [data-testid="experiment-figure"] { padding: 14px 16px }
  :is([data-testid="figure-row"], [data-testid="shared-row"]) dl { display: none }`
const EXPERIMENTS = 'query ($search: String!) { experiments(first: 10, search: $search) { nodes { id name } } }'

const [data, ...wanted] = process.argv.slice(2)
if (data === undefined) throw new Error('expected the data folder of a lab that has run the quick versions, got none.')
const folder = join(root, 'apps/web/public/pictures')
await mkdir(folder, { recursive: true })
const lab = await startLab({ data })
const browser = await startBrowser()
try {
  for (const { id } of presets.filter((preset) => wanted.length === 0 || wanted.includes(preset.id))) {
    const experiment = await findExperiment(`${id}, quick`)
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await browser.newPage({ colorScheme, viewport: { width: WINDOW, height: 1200 } })
      await page.goto(`${lab.url}/experiments/${experiment}`)
      const figure = page.getByTestId('experiment-figure')
      await figure.scrollIntoViewIfNeeded()
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      await page.waitForLoadState('networkidle')
      await writeFile(
        join(folder, `${id}-${colorScheme}.webp`),
        await shrink(await figure.screenshot({ animations: 'disabled', style: STYLE })),
      )
      await page.close()
    }
    process.stdout.write(`${id}\n`)
  }
} finally {
  await browser.close()
  await lab.stop()
}

/** @param {string} name */
async function findExperiment(name) {
  const { experiments } = await query(lab.apiUrl, EXPERIMENTS, { search: name })
  const found = experiments.nodes.find((/** @type {{ name: string }} */ each) => each.name === name)
  if (!found) throw new Error(`${name}: expected an experiment of this name in ${data}, got none. \`npm run science\` runs it.`)
  return found.id
}

/** Keeps the top of a figure; one that is lower than the picture lies in its middle. @param {Buffer} figure */
async function shrink(figure) {
  const scaled = await sharp(figure).resize({ width: WIDTH }).png().toBuffer({ resolveWithObject: true })
  const { height } = scaled.info
  const [red = 0, green = 0, blue = 0] = await sharp(figure)
    .extract({ left: 0, top: 0, width: 1, height: 1 })
    .removeAlpha()
    .raw()
    .toBuffer()
  const above = Math.max(0, Math.floor((HEIGHT - height) / 2))
  const below = Math.max(0, HEIGHT - height - above)
  const filled = sharp(scaled.data).extend({ top: above, bottom: below, background: { r: red, g: green, b: blue } })
  return sharp(await filled.png().toBuffer())
    .extract({ left: 0, top: 0, width: WIDTH, height: HEIGHT })
    .webp({ quality: QUALITY })
    .toBuffer()
}
