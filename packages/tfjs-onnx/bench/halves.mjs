// Measures training steps that are computed whole and by halves, in turns in one process, in microseconds a step: the median over rounds, and of single
// steps the fastest twentieth, which other work on the machine disturbs least.
// node packages/tfjs-onnx/bench/halves.mjs [rounds] [milliseconds of a round] [indices of cases, such as 0,1]
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { compile } from '../dist/index.js'
import { cases, makeTraining } from './halvesCases.mjs'

const [rounds = 15, milliseconds = 100] = process.argv.slice(2, 4).map(Number)
const chosen = process.argv[4]?.split(',').map(Number) ?? cases.map((_, index) => index)
await tf.setBackend('cpu')

/** The threads of ONNX Runtime that the lab gives a whole step: steps below 50 million multiplications run on one. */
function threadsOfWhole({ kind, code, batch }) {
  return kind === 'convolutional' || 6 * 784 * code * batch > 50e6 ? 2 : 1
}

const variants = {
  whole: (each) => ({ threads: threadsOfWhole(each) }),
  'halves, one thread': () => ({ step: 'halves', threads: 1 }),
  'halves, two threads': () => ({ step: 'halves', threads: 2 }),
}

const batches = (batch) =>
  Array.from({ length: 16 }, (_, index) =>
    Float32Array.from({ length: batch * 784 }, (_, place) => (((place + 1) * (index + 7919)) % 251) / 250),
  )

const quantile = (values, fraction) => [...values].sort((a, b) => a - b)[Math.floor(values.length * fraction)]
const median = (values) => quantile(values, 0.5)
const fastest = (values) => quantile(values, 0.05)

for (const each of chosen.map((index) => cases[index])) {
  const examples = batches(each.batch)
  const runs = []
  for (const [name, options] of Object.entries(variants)) {
    const { state, step, inputs } = makeTraining(each)
    const compiled = await compile(step, { state, inputs, ...options(each) })
    runs.push({ name, compiled, times: [], single: [], loss: 0 })
  }
  for (let round = 0; round < rounds + 1; round++) {
    for (const run of runs) {
      const times = []
      const start = performance.now()
      for (let last = start; last - start < milliseconds; ) {
        run.loss = (await run.compiled.run({ x: examples[times.length % examples.length] })).loss[0]
        const now = performance.now()
        times.push(1000 * (now - last))
        last = now
      }
      // The first round warms up.
      if (round > 0) {
        run.times.push(times.reduce((sum, time) => sum + time, 0) / times.length)
        run.single.push(...times)
      }
    }
  }
  const [whole] = runs
  const describe = ({ name, compiled, times, single, loss }) => ({
    how: name,
    kind: compiled.step.kind,
    'µs a step': Number(median(times).toFixed(1)),
    'fastest twentieth': Number(fastest(single).toFixed(1)),
    'images/s': Math.round((1e6 * each.batch) / median(times)),
    'times as fast': Number((median(whole.times) / median(times)).toFixed(2)),
    'of the fastest': Number((fastest(whole.single) / fastest(single)).toFixed(2)),
    loss: Number(loss.toFixed(5)),
  })
  console.log(each.kind === 'dense' ? `784-${each.code}-784, batch ${each.batch}` : `convolutional, batch ${each.batch}`)
  console.table(runs.map(describe))
  for (const { compiled } of runs) await compiled.dispose()
}
