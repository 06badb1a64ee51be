/** Trains the autoencoder in the page and shows what it makes of sixteen discs after each epoch. */
import { env } from 'onnxruntime-web/wasm'
import { batchSize, createAutoencoder, drawDiscs, side, trainEpoch } from './autoencoder.ts'

const EPOCHS = 30
const status = document.getElementById('status')
const pictures = document.getElementById('pictures').getContext('2d')

try {
  env.wasm.wasmBinary = await unpack(document.getElementById('runtime').textContent)
  await train()
} catch (error) {
  status.textContent = `${error}`
  document.body.dataset.failed = ''
}

async function train() {
  const autoencoder = await createAutoencoder()
  const images = drawDiscs(32 * batchSize)
  const shown = images.slice(0, batchSize * side * side)
  draw(shown, 0)
  const losses = []
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    const started = performance.now()
    losses.push(await trainEpoch(autoencoder, images))
    const speed = Math.round((1000 * 32 * batchSize) / (performance.now() - started))
    draw(await autoencoder.reconstruct(shown), 1)
    status.textContent = `Epoch ${epoch} of ${EPOCHS}: error ${losses.at(-1).toFixed(5)}, ${speed} images a second (${autoencoder.runtime})`
    document.body.dataset.losses = JSON.stringify(losses)
    // The browser shows the page once the script lets it.
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  document.body.dataset.trained = ''
}

/** Draws the first sixteen of [n, 256] images into a row of the canvas. */
function draw(images, row) {
  for (let image = 0; image < 16; image++) {
    const pixels = pictures.createImageData(side, side)
    for (let pixel = 0; pixel < side * side; pixel++) {
      const grey = 255 * images[image * side * side + pixel]
      pixels.data.set([grey, grey, grey, 255], 4 * pixel)
    }
    pictures.putImageData(pixels, image * side, row * side)
  }
}

/** Unpacks bytes that stand in the page, compressed and as base64: a page that was opened as a file may not fetch other files. */
async function unpack(text) {
  const { body } = await fetch(`data:application/gzip;base64,${text}`)
  return new Response(body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
}
