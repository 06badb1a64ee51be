import { completeRunConfig, countParameters, presets } from '@hourglass/autoencoders'
import { createRandom, datasetCatalog } from '@hourglass/datasets'

const DAY = 24 * 60 * 60 * 1000
/** When the last run is launched; the others were launched over the year before. */
const END = Date.UTC(2026, 0, 1)
const CODE_SIZES = [1, 2, 3, 4, 8, 10, 16, 24, 32, 48, 64, 96, 128, 256]
/** @type {readonly import('@hourglass/autoencoders').EngineName[]} */
const ENGINES = ['onnx', 'onnx', 'onnx', 'onnx', 'tensorflow', 'cpu']
const FAILURES = [
  {
    code: 'WORKER_CRASHED',
    message: 'The training process was ended by SIGKILL (often the system, when memory runs out) before the run was complete.',
  },
  { code: 'DISK_FULL', message: 'The disk that holds the data folder is full. Free some space and resume the run.' },
  { code: 'WORKER_FAILED', message: 'The loss is not a number since epoch 3.' },
]

/**
 * Plans the runs of a lab that has worked for a year: the chapter's experiments, repeated with other seeds, and single runs in between with other code
 * sizes, engines and lengths. The same options give the same plan.
 */
export function planRuns({ runs, epochs, experiments, seed }) {
  const random = createRandom(seed, 'plan')
  let draw = 0
  const uniform = () => random.uniform(draw++)
  /** @type {<Item>(list: readonly Item[]) => Item} */
  const pick = (list) => list[Math.floor(uniform() * list.length)]
  const units = []
  let planned = 0
  for (let experiment = 0; experiment < experiments; experiment++) {
    const preset = pick(presets)
    const quick = uniform() < 0.5
    const members = (quick ? preset.quickRuns : preset.runs).slice(0, runs - planned)
    if (members.length === 0) break
    const repetition = { seed: Math.floor(uniform() * 1000), epochs: jitter(epochs, uniform()) }
    const unit = { name: `${preset.title} (${experiment + 1})`, presetId: preset.id, quick }
    units.push({ ...unit, members: members.map(({ label, config }) => ({ label, config: repeat(config, repetition) })) })
    planned += members.length
  }
  const originals = presets.flatMap((preset) => preset.runs.map(({ config }) => config))
  for (; planned < runs; planned++) {
    const engine = pick(ENGINES)
    const changes = { seed: Math.floor(uniform() * 1000), epochs: jitter(epochs, uniform()), engine, latentDimension: pick(CODE_SIZES) }
    units.push({ name: null, presetId: null, quick: false, members: [{ label: null, config: repeat(pick(originals), changes) }] })
  }
  shuffle(units, uniform)
  let number = 0
  return units.map((unit) => {
    const launchedAt = END - 365 * DAY * (1 - number / runs)
    const members = unit.members.map((member) => planRun({ ...member, index: number++, launchedAt }, uniform))
    return { ...unit, members }
  })
}

/**
 * What becomes of one run: of a hundred some six are stopped and six fail, at any epoch.
 * @param {{ label: string | null, config: import('@hourglass/autoencoders').RunConfigInput, index: number, launchedAt: number }} member
 * @param {() => number} uniform
 */
function planRun({ label, config: input, index, launchedAt }, uniform) {
  const config = completeRunConfig(input)
  const { epochs } = config.training
  const fate = uniform()
  /** @type {'FAILED' | 'STOPPED' | 'COMPLETED'} */
  const status = fate < 0.06 ? 'FAILED' : fate < 0.12 ? 'STOPPED' : 'COMPLETED'
  const epochsCompleted = status === 'COMPLETED' ? epochs : Math.floor(uniform() * epochs)
  const failure = status === 'FAILED' ? FAILURES[index % FAILURES.length] : undefined
  const { exampleShape } = datasetCatalog[config.data.dataset]
  return {
    index,
    label,
    config,
    status,
    failure,
    epochsCompleted,
    launchedAt,
    parameterCount: countParameters(config.architecture, exampleShape),
  }
}

/**
 * Repeats a configuration with other settings; those that do not suit it stay.
 * @param {import('@hourglass/autoencoders').RunConfigInput} config
 * @param {{ seed: number, epochs: number, engine?: import('@hourglass/autoencoders').EngineName, latentDimension?: number }} settings
 */
function repeat(config, { seed, epochs, engine, latentDimension }) {
  const { architecture, optimizer, training } = config
  // A closed form is one step, and convolutions have no code size of their own.
  const isClosedForm = optimizer?.kind === 'closedForm'
  const hasCodeSize = latentDimension !== undefined && architecture?.kind === 'dense'
  const changed = {
    ...config,
    architecture: hasCodeSize ? { ...architecture, latentDimension } : architecture,
    training: { ...training, seed, ...(isClosedForm ? {} : { epochs }), ...(engine === undefined ? {} : { engine }) },
  }
  try {
    completeRunConfig(changed)
    return changed
  } catch {
    return { ...config, training: { ...training, seed } }
  }
}

/** Half to one and a half times as many, at least one. @type {(epochs: number, share: number) => number} */
const jitter = (epochs, share) => Math.max(1, Math.round(epochs * (0.5 + share)))

function shuffle(list, uniform) {
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1))
    ;[list[last], list[other]] = [list[other], list[last]]
  }
}
