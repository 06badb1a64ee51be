// Runs the specs of tfjs-core on the compiler and writes what came of each to the file that is named by the first argument. Bundled by
// bundleSpecs.mjs, which also makes `tfjs-core-specs`.
import { writeFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { defineSpecs, jasmine, setBackends } from 'tfjs-core-specs'
import { supportedKernels } from '../../src/index.js'
import { ConformanceBackend, isRefusal } from './ConformanceBackend.js'
import { outcomeOf } from './outcomeOf.js'
import type { SpecReport } from './SpecReport.js'

const compiler = 'compiler'

let graphs = 0
let errors: unknown[] = []

tf.registerBackend(compiler, () => new ConformanceBackend({ ran: () => graphs++, threw: (error) => errors.push(error) }))
const known = Object.entries(tf as Readonly<Record<string, unknown>>).flatMap(([name, value]) => (name === value ? [name] : []))
for (const kernelName of new Set([...known, ...supportedKernels()])) {
  tf.registerKernel({
    kernelName,
    backendName: compiler,
    kernelFunc: ({ inputs, attrs, backend }) => (backend as ConformanceBackend).runKernel(kernelName, inputs, attrs ?? {}),
  })
}

setBackends([{ name: compiler, backendName: compiler, isDataSync: true, flags: {} }])
defineSpecs()

const reports: SpecReport[] = []

const environment = jasmine.getEnv()
environment.configure({ random: false })
environment.addReporter({
  specStarted: () => {
    graphs = 0
    errors = []
  },
  specDone: ({ fullName, status, failedExpectations }) => {
    if (status === 'excluded' || status === 'pending') return
    const name = fullName.replace(` ${compiler} {}`, '')
    const messages = failedExpectations.map(({ message }) => message)
    const refusals = errors.filter(isRefusal)
    reports.push({ name, outcome: outcomeOf({ name, passed: status === 'passed', messages, graphs, refusals }), messages })
  },
  jasmineDone: () => writeFileSync(process.argv[2] ?? '', JSON.stringify(reports)),
})
await environment.execute()
