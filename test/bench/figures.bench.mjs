import { startBrowser } from '../harness/browser.mjs'
import { startLab } from '../harness/lab.mjs'
import { percentile } from './statistics.mjs'

const MOVES = 180
/** A sixtieth of a second, in milliseconds. */
const FRAME = 16

/** @typedef {{ title: string, section: string, id: string, move: 'pointer' | 'slider', on?: string }} Figure `on`: what a pointer is pressed on */

/**
 * The figures that are computed in the chapter's text, and how each is moved.
 * @type {readonly Figure[]}
 */
const figures = [
  {
    title: 'principal components, a point is dragged',
    section: 'principal-components',
    id: 'principal-axes',
    move: 'pointer',
    on: '[role="slider"]',
  },
  { title: 'code sizes, the code is squeezed', section: 'undercomplete', id: 'code-sizes', move: 'slider' },
  { title: 'noise, it is pushed up', section: 'denoising', id: 'noise', move: 'slider' },
  { title: 'circle, a point is dragged', section: 'denoising', id: 'circle-field', move: 'pointer', on: '[role="application"]' },
  { title: 'tangent, it follows the pointer', section: 'manifolds', id: 'tangent', move: 'pointer', on: '[role="application"]' },
  { title: 'contraction, a ring is dragged', section: 'contractive', id: 'contraction', move: 'pointer', on: '[role="application"]' },
]

/** Moves each of the figures that the chapter's text computes in Chromium, once a frame, and measures how long the page works for each move until it is painted. */
export async function measure() {
  const lab = await startLab()
  const browser = await startBrowser()
  try {
    const rows = []
    for (const figure of figures) rows.push(await measureFigure({ lab, browser }, figure))
    return rows
  } finally {
    await browser.close()
    await lab[Symbol.asyncDispose]()
  }
}

/** @param {{ lab: { url: string }, browser: import('playwright-core').Browser }} where @param {Figure} figure */
async function measureFigure({ lab, browser }, { title, section, id, move, on }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(120_000)
  try {
    await page.goto(`${lab.url}/chapter/${section}`)
    const figure = page.getByTestId(id)
    await figure.scrollIntoViewIfNeeded()
    if (id !== 'principal-axes') await page.locator(`[data-testid="${id}"][data-ready="true"]`).waitFor()
    await page.waitForTimeout(1_000)
    const durations = await page.evaluate(move === 'slider' ? slide : drag, { selector: `[data-testid="${id}"]`, on, moves: MOVES })
    const value = percentile(durations, 0.95)
    return { figure: `${title}: a frame, p95 of ${durations.length}`, value, unit: 'ms', target: `under ${FRAME}`, met: value < FRAME }
  } finally {
    await page.close()
  }
}

/** @typedef {{ selector: string, on?: string, moves: number }} Moves */

/**
 * Sets a slider to one value after another; in the page. Gives, of each, the milliseconds from the input until what follows from it is painted.
 * @param {Moves} given
 */
async function slide({ selector, moves }) {
  /** @type {HTMLInputElement} */
  const input = document.querySelector(`${selector} input[type="range"]`)
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
  const [most, step] = [Number(input.max), Number(input.step)]
  const durations = []
  for (let move = 0; move < moves; move++) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const started = performance.now()
    set.call(input, String(((move * step) % (most + step)).toFixed(3)))
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = resolve
      // After what React renders for the input, and after layout and paint.
      queueMicrotask(() => document.body.getBoundingClientRect() && port2.postMessage(0))
    })
    durations.push(performance.now() - started)
  }
  return durations
}

/**
 * The same for a pointer that is dragged around.
 * @param {Moves} given
 */
async function drag({ selector, on, moves }) {
  const target = document.querySelector(`${selector} ${on}`)
  const plane = document.querySelector(`${selector} svg`)
  const { left, top, width, height } = plane.getBoundingClientRect()
  const at = (kind, x, y) =>
    target.dispatchEvent(
      new PointerEvent(kind, { bubbles: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, buttons: 1, clientX: x, clientY: y }),
    )
  // A pointer that scripts made up cannot be captured.
  target.setPointerCapture = () => undefined
  target.hasPointerCapture = () => true
  at('pointerdown', left + width / 2, top + height / 2)
  const durations = []
  for (let move = 0; move < moves; move++) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const turn = (2 * Math.PI * move) / 60
    const started = performance.now()
    at('pointermove', left + width * (0.5 + 0.3 * Math.cos(turn)), top + height * (0.5 + 0.35 * Math.sin(turn)))
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = resolve
      queueMicrotask(() => document.body.getBoundingClientRect() && port2.postMessage(0))
    })
    durations.push(performance.now() - started)
  }
  at('pointerup', left, top)
  return durations
}
