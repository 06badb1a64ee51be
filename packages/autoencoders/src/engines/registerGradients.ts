// TensorFlow.js's core leaves gradients unregistered, and its own registration module is not loadable in Node; loading layers registers them.
import '@tensorflow/tfjs-layers'
