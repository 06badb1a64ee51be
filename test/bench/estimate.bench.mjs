import { setTimeout as sleep } from 'node:timers/promises'
import { query, startLab } from '../harness/lab.mjs'

/** Kinds of runs that take their time in different ways; of the chapter's sweeps, the first. */
const chosen = ['demo', 'undercomplete-sweep', 'denoising-sweep', 'variational']
const EVERY = 250

/** Measures how close the time that a new lab foretells of quick versions comes to what they take, one after another, with what each has taught it. */
export async function measure() {
  const lab = await startLab({ env: { HOURGLASS_ANALYSIS: '1' } })
  try {
    const { presets } = await query(lab.url, '{ presets { id title } }')
    // The machine is measured behind the first question.
    while ((await estimateOf(lab.url, chosen[0])) === null) await sleep(EVERY)
    const rows = []
    for (const { id, title } of presets.filter((preset) => chosen.includes(preset.id))) {
      const said = await estimateOf(lab.url, id)
      const real = await secondsOf(lab.url, id)
      const value = said / real
      rows.push({
        figure: `${title}, quick: said over real`,
        value,
        unit: 'times',
        target: '0.5 to 2',
        met: value > 0.5 && value < 2,
        peer: `${real.toFixed(1)} s`,
      })
    }
    return rows
  } finally {
    await lab[Symbol.asyncDispose]()
  }
}

async function estimateOf(url, id) {
  const { presetEstimates } = await query(url, '{ presetEstimates { id quickSeconds } }')
  return presetEstimates.find((estimate) => estimate.id === id).quickSeconds
}

async function secondsOf(url, id) {
  const started = performance.now()
  const launch = 'mutation ($id: ID!) { launchPreset(id: $id, overrides: { quick: true }) { experiment { id } } }'
  const { launchPreset } = await query(url, launch, { id })
  const read = 'query ($id: ID!) { experiment(id: $id) { statusCounts { queued running failed } } }'
  for (;;) {
    const { experiment } = await query(url, read, launchPreset.experiment)
    const { queued, running, failed } = experiment.statusCounts
    if (failed > 0) throw new Error(`${id}: expected runs that complete, got ${failed} that failed`)
    if (queued + running === 0) return (performance.now() - started) / 1000
    await sleep(EVERY)
  }
}
