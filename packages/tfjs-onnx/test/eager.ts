// Registers the reference backend, and tfjs's gradients, which tfjs-core alone does not register in Node.
import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-layers'
import * as tf from '@tensorflow/tfjs-core'

tf.env().set('IS_NODE', false) // no advertisement for tfjs-node in the test output
await tf.setBackend('cpu')

export { tf }
