import { smallConfig } from './startServer.js'

interface BadInput {
  readonly what: string
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly code: string
  readonly says: RegExp
  readonly path?: string[]
}

export const launch = 'mutation ($input: LaunchRunInput!) { launchRun(input: $input) { id } }'
export const input = (config: unknown, name?: string) => ({ input: { config, ...(name === undefined ? {} : { name }) } })

const launchExperiment = 'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
const sweep = (...configs: unknown[]) => ({
  input: { name: 'A sweep', runs: configs.map((config, index) => ({ label: `Run ${index}`, config })) },
})

/** Operations that are refused the same way over HTTP and WebSocket; `$id` is a run that completed its 3 epochs. */
export const badInputs: readonly BadInput[] = [
  {
    what: 'an unknown dataset',
    query: launch,
    variables: input({ data: { dataset: 'imagenet' } }),
    code: 'INVALID_CONFIG',
    says: /Data set must be one of .*mnist.*got "imagenet"/,
    path: ['data', 'dataset'],
  },
  {
    what: 'a negative number of epochs',
    query: launch,
    variables: input({ training: { epochs: -1 } }),
    code: 'INVALID_CONFIG',
    says: /Epochs must be .*1.*got -1/,
    path: ['training', 'epochs'],
  },
  {
    what: 'a code of no units',
    query: launch,
    variables: input({ architecture: { dense: { latentDimension: 0 } } }),
    code: 'INVALID_CONFIG',
    says: /Code size must be .*1 to 4096, got 0/,
    path: ['architecture', 'latentDimension'],
  },
  {
    what: 'a code of a million units',
    query: launch,
    variables: input({ architecture: { dense: { latentDimension: 1_000_000 } } }),
    code: 'INVALID_CONFIG',
    says: /Code size must be .*1 to 4096, got 1000000/,
    path: ['architecture', 'latentDimension'],
  },
  {
    what: 'an optimizer that is not chosen',
    query: launch,
    variables: input({ optimizer: { closedForm: false } }),
    code: 'INVALID_CONFIG',
    says: /^Optimizer must be one of .*, got closedForm: false; write closedForm: true to choose it, or leave it out\.$/,
    path: ['optimizer'],
  },
  {
    what: 'a name with an invisible character',
    query: launch,
    variables: input({}, 'a\u0000b'),
    code: 'BAD_USER_INPUT',
    says: /name: expected visible characters/,
  },
  {
    what: 'NaN as text',
    query: launch,
    variables: input({ optimizer: { adam: { learningRate: 'NaN' } } }),
    code: 'BAD_USER_INPUT',
    says: /Float/,
  },
  {
    what: 'NaN in a document',
    query: 'mutation { launchRun(input: { config: { optimizer: { adam: { learningRate: NaN } } } }) { id } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: /NaN/,
  },
  {
    what: 'null where a number is needed',
    query: launch,
    variables: input({ architecture: { dense: null } }),
    code: 'BAD_USER_INPUT',
    says: /dense/,
  },
  {
    what: 'half a unit',
    query: launch,
    variables: input({ architecture: { dense: { latentDimension: 1.5 } } }),
    code: 'BAD_USER_INPUT',
    says: /integer/,
  },
  {
    what: 'two optimizers',
    query: launch,
    variables: input({ optimizer: { adam: {}, sgd: {} } }),
    code: 'BAD_USER_INPUT',
    says: /Exactly one/,
  },
  { what: 'an unknown setting', query: launch, variables: input({ training: { epoch: 3 } }), code: 'BAD_USER_INPUT', says: /epoch/ },
  { what: 'an empty name', query: launch, variables: input(smallConfig, ' '), code: 'BAD_USER_INPUT', says: /1 to 200 characters, got 0/ },
  { what: 'a document that is no GraphQL', query: 'query {', code: 'GRAPHQL_PARSE_FAILED', says: /Syntax Error/ },
  {
    what: 'a field that does not exist',
    query: '{ runs { nodes { nam } } }',
    code: 'GRAPHQL_VALIDATION_FAILED',
    says: /Cannot query field "nam"/,
  },
  { what: 'a run that does not exist', query: '{ run(id: "nobody") { id } }', code: 'RUN_NOT_FOUND', says: /id of a run, got "nobody"/ },
  { what: 'stopping a run that does not exist', query: 'mutation { stopRun(id: "nobody") { id } }', code: 'RUN_NOT_FOUND', says: /nobody/ },
  {
    what: 'stopping a finished run',
    query: 'mutation ($id: ID!) { stopRun(id: $id) { id } }',
    code: 'RUN_NOT_ACTIVE',
    says: /QUEUED or RUNNING, got one that is COMPLETED/,
  },
  {
    what: 'resuming a finished run',
    query: 'mutation ($id: ID!) { resumeRun(id: $id) { id } }',
    code: 'RUN_NOT_RESUMABLE',
    says: /COMPLETED after 3 of 3/,
  },
  { what: 'deleting a run that does not exist', query: 'mutation { deleteRuns(ids: ["nobody"]) }', code: 'RUN_NOT_FOUND', says: /nobody/ },
  {
    what: 'an unknown preset',
    query: 'mutation { launchPreset(id: "nothing") { id } }',
    code: 'BAD_USER_INPUT',
    says: /demo.*got "nothing"/,
  },
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
  {
    what: 'an epoch that is not there',
    query: 'query ($id: ID!) { run(id: $id) { codes(epoch: 9) { epoch } } }',
    code: 'EPOCH_NOT_FOUND',
    says: /from 1 to 3, got 9/,
  },
  { what: 'an endless page', query: '{ runs(first: 100000) { nodes { id } } }', code: 'BAD_USER_INPUT', says: /1 to 500, got 100000/ },
  { what: 'a page of nothing', query: '{ runs(first: 0) { nodes { id } } }', code: 'BAD_USER_INPUT', says: /1 to 500, got 0/ },
  { what: 'a cursor that is none', query: '{ runs(after: "page 2") { nodes { id } } }', code: 'BAD_USER_INPUT', says: /cursor/ },
  {
    what: 'a curve of one point',
    query: 'query ($id: ID!) { run(id: $id) { metrics(maxPoints: 1) { epoch } } }',
    code: 'BAD_USER_INPUT',
    says: /at least 4, got 1/,
  },
  {
    what: 'a drawing of one point',
    query: 'query ($id: ID!) { run(id: $id) { curve(maxPoints: 1) { epochs } } }',
    code: 'BAD_USER_INPUT',
    says: /at least 4, got 1/,
  },
  {
    what: 'too much at a time',
    query: '{ runs(first: 500) { edges { node { metrics { epoch seconds } files { name } } } } }',
    code: 'QUERY_TOO_COMPLEX',
    says: /complexity/,
  },
  {
    what: 'every epoch of many runs',
    query: '{ runs(first: 400) { nodes { metrics { epoch } } } }',
    code: 'QUERY_TOO_COMPLEX',
    says: /complexity/,
  },
  {
    what: 'every checkpoint of many runs',
    query: '{ runs(first: 400) { nodes { checkpoints { epoch } } } }',
    code: 'QUERY_TOO_COMPLEX',
    says: /complexity/,
  },
  {
    what: 'a sweep with one wrong configuration',
    query: launchExperiment,
    variables: sweep(smallConfig, { architecture: { dense: { latentDimension: 0 } } }),
    code: 'INVALID_CONFIG',
    says: /^Run 1: Code size must be .*1 to 4096, got 0\.$/,
    path: ['runs', '1', 'config', 'architecture', 'latentDimension'],
  },
  {
    what: 'an experiment without runs',
    query: launchExperiment,
    variables: sweep(),
    code: 'BAD_USER_INPUT',
    says: /runs: expected 1 to 200, got 0/,
  },
  {
    what: 'an experiment of endless runs',
    query: launchExperiment,
    variables: sweep(...new Array(201).fill({})),
    code: 'BAD_USER_INPUT',
    says: /runs: expected 1 to 200, got 201/,
  },
  {
    what: 'two runs of one label',
    query: launchExperiment,
    variables: {
      input: {
        name: 'Twins',
        runs: [
          { label: 'same', config: smallConfig },
          { label: ' same', config: smallConfig },
        ],
      },
    },
    code: 'BAD_USER_INPUT',
    says: /runs\.1\.label: expected one that no other run has, got "same" again/,
  },
  {
    what: 'a run without a label',
    query: launchExperiment,
    variables: { input: { name: 'Nameless', runs: [{ label: ' ', config: smallConfig }] } },
    code: 'BAD_USER_INPUT',
    says: /runs\.0\.label: expected 1 to 80 characters, got 0/,
  },
  {
    what: 'an experiment without a name',
    query: launchExperiment,
    variables: { input: { ...sweep(smallConfig).input, name: '' } },
    code: 'BAD_USER_INPUT',
    says: /name: expected 1 to 200 characters, got 0/,
  },
  {
    what: 'a preset for more examples than there are',
    query: 'mutation { launchPreset(id: "undercomplete-sweep", overrides: { trainCount: 60001 }) { id } }',
    code: 'INVALID_CONFIG',
    says: /^\d+ runs \(z = 784, .*\d+ others\): Training examples must be at most 60000, all that MNIST has, got 60001\.$/,
  },
  {
    what: 'an experiment that does not exist',
    query: '{ experiment(id: "nobody") { id } }',
    code: 'EXPERIMENT_NOT_FOUND',
    says: /id of an experiment, got "nobody"/,
  },
  {
    what: 'stopping an experiment that does not exist',
    query: 'mutation { stopExperiment(id: "nobody") { id } }',
    code: 'EXPERIMENT_NOT_FOUND',
    says: /nobody/,
  },
  {
    what: 'resuming an experiment that does not exist',
    query: 'mutation { resumeExperiment(id: "nobody") { id } }',
    code: 'EXPERIMENT_NOT_FOUND',
    says: /nobody/,
  },
  {
    what: 'renaming an experiment that does not exist',
    query: 'mutation { updateExperiment(id: "nobody", input: { name: "Somebody" }) { id } }',
    code: 'EXPERIMENT_NOT_FOUND',
    says: /nobody/,
  },
  {
    what: 'deleting an experiment that does not exist',
    query: 'mutation { deleteExperiments(ids: ["nobody"]) }',
    code: 'EXPERIMENT_NOT_FOUND',
    says: /nobody/,
  },
  {
    what: 'an endless page of experiments',
    query: '{ experiments(first: 101) { nodes { id } } }',
    code: 'BAD_USER_INPUT',
    says: /1 to 100, got 101/,
  },
  {
    what: 'a cursor that is none of experiments',
    query: '{ experiments(after: "page 2") { nodes { id } } }',
    code: 'BAD_USER_INPUT',
    says: /cursor of a page of experiments, got "page 2"/,
  },
  { what: 'a document of endless length', query: `{ ${'lab { version } '.repeat(2000)} }`, code: 'GRAPHQL_PARSE_FAILED', says: /tokens/ },
]
