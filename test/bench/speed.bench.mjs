import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './statistics.mjs'

const ROUNDS = 3
const worker = (name, ...args) => {
  const output = execFileSync(process.execPath, [fileURLToPath(new URL(name, import.meta.url)), ...args.map(String)], { encoding: 'utf8' })
  return JSON.parse(output.trim().split('\n').at(-1)).imagesPerSecond
}

/** Measures training speed on the default engine against TensorFlow.js's own fastest backend that installs from the registry, in turns. */
export function measure() {
  const [ours, theirs] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(worker('denseWorker.mjs', 'onnx', 128, 32, 60_000, 3))
    theirs.push(worker('peers/tfjsWasm.mjs', 128, 2560))
  }
  return [
    {
      figure: 'dense 784-32-784, batch 128, default engine',
      value: median(ours),
      unit: 'images/s',
      target: 'at least 40,000',
      met: median(ours) >= 40_000,
      peer: `tfjs-backend-wasm ${Math.round(median(theirs)).toLocaleString('en')}`,
      ratio: median(ours.map((speed, round) => speed / theirs[round])),
    },
    {
      figure: 'the same, over TensorFlow.js’s WebAssembly backend',
      value: median(ours.map((speed, round) => speed / theirs[round])),
      unit: 'times',
      target: 'at least 15',
      met: median(ours.map((speed, round) => speed / theirs[round])) >= 15,
    },
  ]
}
