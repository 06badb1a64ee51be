import type { BadInput } from './badModelInputs.js'
import { smallConfig } from './startServer.js'

const launchExperiment = 'mutation ($input: LaunchExperimentInput!) { launchExperiment(input: $input) { id } }'
const sweep = (...configs: unknown[]) => ({
  input: { name: 'A sweep', runs: configs.map((config, index) => ({ label: `Run ${index}`, config })) },
})

/** Operations on experiments and presets that are refused the same way over HTTP and WebSocket. */
export const badExperimentInputs: readonly BadInput[] = [
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
]
