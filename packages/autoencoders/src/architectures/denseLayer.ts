import type { DenseLayer } from './Layer.js'

/** Describes one fully connected layer, its parameters named after it. */
export function denseLayer(
  name: string,
  [inputs, outputs]: readonly [inputs: number, outputs: number],
  activation: DenseLayer['activation'] = 'linear',
): DenseLayer {
  return { kind: 'dense', kernel: `${name}/kernel`, bias: `${name}/bias`, inputs, outputs, activation }
}
