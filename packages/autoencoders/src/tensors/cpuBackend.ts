import { env, getBackend, setBackend } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'

/** Makes TensorFlow.js's plain JavaScript backend the current one. */
export function activateCpuBackend(): void {
  if (getBackend() === 'cpu') return
  // Otherwise its first use in Node prints an advertisement.
  env().set('PROD', true)
  // The promise only covers backends that start asynchronously; this one is current when the call returns.
  void setBackend('cpu')
}
