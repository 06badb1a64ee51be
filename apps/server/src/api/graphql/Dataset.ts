import type { ShelvedDataset } from '../../datasets/DatasetShelf.js'
import { builder } from './builder.js'

export const DatasetType = builder.objectRef<ShelvedDataset>('Dataset').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    description: t.exposeString('description'),
    available: t.exposeBoolean('available'),
    howToGet: t.exposeString('howToGet', { nullable: true, description: 'How to get it, where it is not available.' }),
    exampleShape: t.intList({ resolve: ({ exampleShape }) => [...exampleShape] }),
    trainCount: t.exposeInt('trainCount'),
    testCount: t.exposeInt('testCount'),
  }),
})

builder.queryFields((t) => ({
  datasets: t.field({
    type: [DatasetType],
    description: 'Every dataset, available or not.',
    resolve: (_, __, { lab }) => lab.datasets.list(),
  }),
}))
