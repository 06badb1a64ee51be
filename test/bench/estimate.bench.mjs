import { setTimeout as sleep } from 'node:timers/promises'
import { startLab } from '../harness/lab.mjs'

/** Kinds of runs that take their time in different ways; of the chapter's sweeps, the first. */
const chosen = ['demo', 'undercomplete-sweep', 'denoising-sweep', 'variational']
const EVERY = 250

/** Measures how close the time that a new lab foretells of quick versions comes to what they take, one after another, with what each has taught it. */
export async function measure() {
  await using lab = await startLab({ env: { HOURGLASS_ANALYSIS: '1' } })
  const ask = async (query, variables = {}) => {
    const response = await fetch(`${lab.apiUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = await response.json()
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }
  const estimateOf = async (id) => {
    const { presetEstimates } = await ask('{ presetEstimates { id quickSeconds } }')
    return presetEstimates.find((estimate) => estimate.id === id).quickSeconds
  }

  const { presets } = await ask('{ presets { id title } }')
  // The machine is measured behind the first question.
  while ((await estimateOf(chosen[0])) === null) await sleep(EVERY)
  const rows = []
  for (const { id, title } of presets.filter((preset) => chosen.includes(preset.id))) {
    const said = await estimateOf(id)
    const real = await secondsOf(ask, id)
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
}

async function secondsOf(ask, id) {
  const started = performance.now()
  const launch = 'mutation ($id: ID!) { launchPreset(id: $id, overrides: { quick: true }) { experiment { id } } }'
  const { launchPreset } = await ask(launch, { id })
  const read = 'query ($id: ID!) { experiment(id: $id) { statusCounts { queued running } } }'
  for (;;) {
    const { experiment } = await ask(read, launchPreset.experiment)
    if (experiment.statusCounts.queued + experiment.statusCounts.running === 0) return (performance.now() - started) / 1000
    await sleep(EVERY)
  }
}
