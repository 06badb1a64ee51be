import { createHash } from 'node:crypto'
import { latentDimensionOf } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames, packNumber } from '@hourglass/protocol'

const SAMPLES = 16
const CODES = 3000

/** Lists the files that a run would have, by what wrote them; the files themselves are not there. */
export function planFiles({ config, index, parameterCount }) {
  const { kind, exampleShape } = datasetCatalog[config.data.dataset]
  const extension = kind === 'images' ? 'png' : 'safetensors'
  const strip = 200 + SAMPLES * Math.ceil(exampleShape.reduce((product, side) => product * side, 1) / 3)
  const codes = 400 + CODES * latentDimensionOf(config.architecture, exampleShape) * 4
  const ref = (name, type, bytes) => ({ name, type, bytes, sha256: createHash('sha256').update(`${index}/${name}`).digest('hex') })
  let end = 0
  const packed = (name, type, bytes) => {
    const place = { pack: packNumber(1, 0), offset: end }
    end += bytes
    return { ...ref(name, type, bytes), place }
  }
  return {
    atStart: [
      ref(artifactNames.originals(extension), 'originals', strip),
      ...(config.corruption ? [ref(artifactNames.corrupted(extension), 'corrupted', strip)] : []),
    ],
    // In order: each lies behind the one before.
    ofEpoch: (epoch) => [
      packed(artifactNames.checkpoint(epoch), 'checkpoint', 600 + 4 * parameterCount),
      packed(artifactNames.reconstructions(epoch, extension), 'reconstructions', strip + (epoch % 50)),
      packed(artifactNames.codes(epoch), 'codes', codes),
      ref(artifactNames.resume(epoch), 'resume', 900 + 12 * parameterCount),
    ],
  }
}
