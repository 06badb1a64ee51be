import { Corruptor, createRandom, medianFilter, RandomBuffer } from '@hourglass/datasets'

const [PIXELS, BATCH, ROUNDS] = [784, 128, 200]
const count = PIXELS * BATCH
const random = createRandom(1, 'bench')

/** Returns the nanoseconds that one value takes, in the fastest of several rounds. */
function nanosecondsOf(fill, rounds = ROUNDS) {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    fill()
    least = Math.min(least, performance.now() - started)
  }
  return (least * 1e6) / count
}

const drawing = (distribution) => {
  const buffer = new RandomBuffer({ distribution, capacity: count })
  return nanosecondsOf(() => buffer.draw(random, { count }))
}

const corrupting = (corruption) => {
  const corruptor = new Corruptor({ corruption, exampleSize: PIXELS, batchSize: BATCH })
  const examples = new Float32Array(count).fill(0.5)
  return nanosecondsOf(() => corruptor.corrupt(examples, random, 0))
}

/** Measures how long random numbers, corrupted examples and filtered images take. */
export function measure() {
  const out = new Float32Array(count)
  /** @type {[figure: string, value: number, peer?: number][]} */
  const rows = [
    ['uniform numbers', drawing({ kind: 'uniform', low: -1, high: 1 }), nanosecondsOf(() => random.fillUniform(out), 20)],
    ['normal numbers', drawing({ kind: 'normal', mean: 0, standardDeviation: 1 }), nanosecondsOf(() => random.fillNormal(out), 20)],
    ['masking', corrupting({ kind: 'masking', probability: 0.3 })],
    ['gaussian noise', corrupting({ kind: 'gaussian', standardDeviation: 0.5 })],
    ['uniform noise', corrupting({ kind: 'uniform', amplitude: 0.5 })],
    ['salt and pepper', corrupting({ kind: 'saltAndPepper', probability: 0.3 })],
  ]
  const images = new Float32Array(10_000 * PIXELS)
  random.fillUniform(images)
  const started = performance.now()
  medianFilter(images, { width: 28, height: 28 })
  const filtering = (performance.now() - started) / 1000
  return [
    ...rows.map(([figure, value, peer]) => ({
      figure,
      value,
      unit: 'ns a value',
      ...(peer === undefined ? {} : { peer: `CounterRandom ${peer.toFixed(0)} ns`, ratio: peer / value }),
    })),
    { figure: 'median filter, 10,000 images, window of 3', value: filtering, unit: 's', target: 'under 1', met: filtering < 1 },
  ]
}
