import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './statistics.mjs'

const ROUNDS = 3
const MODELS = ['dense', 'deep dense', 'convolutional', 'variational']
const MOST_MILLISECONDS = 2000

const worker = (model, mode) => {
  const path = fileURLToPath(new URL('compileWorker.mjs', import.meta.url))
  return JSON.parse(execFileSync(process.execPath, [path, model, mode], { encoding: 'utf8' }).trim().split('\n').at(-1))
}

/** Measures what compiling the first training step of a process takes, stage by stage, and the memory that it adds. */
export function measure() {
  return MODELS.flatMap((model) => {
    const [wholes, stages] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      wholes.push(worker(model, 'whole'))
      stages.push(worker(model, 'stages'))
    }
    const milliseconds = median(wholes.map((whole) => whole.milliseconds))
    return [
      {
        figure: `${model}: compiling the training step, ${wholes[0].operators} operators`,
        value: milliseconds,
        unit: 'ms',
        target: `under ${MOST_MILLISECONDS.toLocaleString('en')}`,
        met: milliseconds < MOST_MILLISECONDS,
      },
      ...Object.keys(stages[0]).map((stage) => ({
        figure: `${model}: ${stage}`,
        value: median(stages.map((each) => each[stage])),
        unit: 'ms',
      })),
      { figure: `${model}: resident memory that compiling adds`, value: median(wholes.map((whole) => whole.megabytes)), unit: 'MB' },
    ]
  })
}
