import { createHash } from 'node:crypto'
import { latentDimensionOf } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { artifactNames } from '@hourglass/protocol'

const SAMPLES = 16
const CODES = 3000

/** Lists the files that a run would have, by what wrote them; the files themselves are not there. */
export function planFiles({ config, index, parameterCount }) {
  const { kind, exampleShape } = datasetCatalog[config.data.dataset]
  const extension = kind === 'images' ? 'png' : 'safetensors'
  const strip = 200 + SAMPLES * Math.ceil(exampleShape.reduce((product, side) => product * side, 1) / 3)
  const codes = 400 + CODES * latentDimensionOf(config.architecture, exampleShape) * 4
  const ref = (name, type, bytes) => ({ name, type, bytes, sha256: createHash('sha256').update(`${index}/${name}`).digest('hex') })
  return {
    atStart: [
      ref(artifactNames.originals(extension), 'originals', strip),
      ...(config.corruption ? [ref(artifactNames.corrupted(extension), 'corrupted', strip)] : []),
    ],
    ofEpoch: (epoch) => [
      ref(artifactNames.checkpoint(epoch), 'checkpoint', 600 + 4 * parameterCount),
      ref(artifactNames.reconstructions(epoch, extension), 'reconstructions', strip + (epoch % 50)),
      ref(artifactNames.codes(epoch), 'codes', codes),
      ref(artifactNames.resume(epoch), 'resume', 900 + 12 * parameterCount),
    ],
  }
}
