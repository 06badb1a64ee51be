import { toConstantCase } from '@hourglass/autoencoders'
import type { EngineStatus } from '@hourglass/autoencoders/training'
import { builder } from './builder.js'
import { EngineNameType } from './configTypes.js'

const EngineStatusType = builder.objectRef<EngineStatus>('EngineStatus').implement({
  description: 'What can compute a run on this machine.',
  fields: (t) => ({
    name: t.field({ type: EngineNameType, resolve: ({ name }) => toConstantCase(name) }),
    available: t.exposeBoolean('available'),
    runtime: t.exposeString('runtime', {
      nullable: true,
      description: 'How it runs ONNX Runtime: native, node (native, through onnxruntime-node) or wasm.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it is not available or not at its best, and what to do.' }),
  }),
})

builder.queryFields((t) => ({
  engines: t.field({
    type: [EngineStatusType],
    description: 'Every engine, available or not. The first request loads them, which takes a second.',
    resolve: (_, __, { lab }) => lab.engines.list(),
  }),
}))
