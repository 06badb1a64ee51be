export interface BadInput {
  readonly what: string
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly code: string
  readonly says: RegExp
  readonly path?: string[]
}

/** What is asked of a model, and of the latent space, of `$id`: a run with codes of 4 numbers that completed its 3 epochs. */
export const badModelInputs: readonly BadInput[] = [
  {
    what: 'a code of another length',
    query: 'query ($id: ID!) { decode(runId: $id, codes: [[1, 2]]) }',
    code: 'BAD_USER_INPUT',
    says: /codes\[0\]: expected 4 numbers, got 2/,
  },
  {
    what: 'a code that float32 cannot hold',
    query: 'query ($id: ID!) { decode(runId: $id, codes: [[0, 0, 0, 1e300]]) }',
    code: 'BAD_USER_INPUT',
    says: /codes\[0\]\[3\]: expected a number of at most 3\.4e38 in size, got 1e\+300/,
  },
  {
    what: 'an image of 0 to 255',
    query: 'query ($id: ID!, $images: [[Float!]!]!) { encode(runId: $id, images: $images) }',
    variables: { images: [new Array(784).fill(0).with(3, 255)] },
    code: 'BAD_USER_INPUT',
    says: /images\[0\]\[3\]: expected a number from 0 to 1, got 255\. Pixels are 0 for black and 1 for white: divide those of 0 to 255 by 255\./,
  },
  {
    what: 'an image darker than black',
    query: 'query ($id: ID!, $images: [[Float!]!]!) { encode(runId: $id, images: $images) }',
    variables: { images: [new Array(784).fill(-0.5)] },
    code: 'BAD_USER_INPUT',
    says: /images\[0\]\[0\]: expected a number from 0 to 1, got -0\.5/,
  },
  {
    what: 'a path of one code',
    query: 'query ($id: ID!) { interpolate(runId: $id, codes: [[0, 0, 0, 1]], steps: 3) { codes } }',
    code: 'BAD_USER_INPUT',
    says: /codes: expected 2 to 256, got 1/,
  },
  {
    what: 'a path of too many steps',
    query: 'query ($id: ID!) { interpolate(runId: $id, codes: [[0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]], steps: 129) { codes } }',
    code: 'BAD_USER_INPUT',
    says: /steps: expected 2 to 128, got 129/,
  },
  {
    what: 'no directions',
    query: 'query ($id: ID!) { directions(runId: $id, count: 0) { count } }',
    code: 'BAD_USER_INPUT',
    says: /count: expected 1 to 64, got 0/,
  },
  {
    what: 'neighbours of a code of another length',
    query: 'query ($id: ID!) { neighbours(runId: $id, codes: [[1, 2]]) { isFar } }',
    code: 'BAD_USER_INPUT',
    says: /codes\[0\]: expected 4 numbers, got 2/,
  },
  {
    what: 'codes that are projected of an epoch that is not there',
    query: 'query ($id: ID!) { project(runId: $id, codes: [[1, 2, 3, 4]], epoch: 4) }',
    code: 'EPOCH_NOT_FOUND',
    says: /epoch: expected an epoch from 1 to 3, got 4/,
  },
  {
    what: 'many models at a time',
    query: `query ($id: ID!) { ${Array.from({ length: 10 }, (_, index) => `d${index}: decode(runId: $id, epoch: 1, codes: [[1, 2, 3, 4]])`).join(' ')} }`,
    code: 'QUERY_TOO_COMPLEX',
    says: /complexity/,
  },
  { what: 'no codes', query: 'query ($id: ID!) { decode(runId: $id, codes: []) }', code: 'BAD_USER_INPUT', says: /1 to 256 rows, got 0/ },
  {
    what: 'an image of another size',
    query: 'query ($id: ID!) { encode(runId: $id, images: [[1]]) }',
    code: 'BAD_USER_INPUT',
    says: /images\[0\]: expected 784 numbers, got 1/,
  },
]
