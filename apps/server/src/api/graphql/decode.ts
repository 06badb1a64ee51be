import { MAXIMUM_ROWS } from '../../models/checkRows.js'
import { builder } from './builder.js'
import { weighModel } from './weighModel.js'

builder.queryFields((t) => ({
  decode: t.field({
    type: t.listRef(t.listRef('Float')),
    description: `Images for codes, [n][latent dimension] to [n][values of one example], at most ${MAXIMUM_ROWS} codes.`,
    args: {
      runId: t.arg.id({ required: true }),
      codes: t.arg({ type: t.arg.listRef(t.arg.listRef('Float')), required: true }),
      epoch: t.arg.int(),
    },
    complexity: ({ codes }) => weighModel(codes.length),
    resolve: async (_, { runId, codes, epoch = null }, { lab, client, signal }) =>
      lab.models.apply({ run: await lab.runs.requireRun(runId), epoch, direction: 'decode', rows: codes }, { client, signal }),
  }),
  encode: t.field({
    type: t.listRef(t.listRef('Float')),
    description: `Codes for examples, [n][values of one example] to [n][latent dimension], at most ${MAXIMUM_ROWS} examples. Pixels are from 0 for black to 1 for white, and as far beyond as the noise takes them that a denoising autoencoder was trained with.`,
    args: {
      runId: t.arg.id({ required: true }),
      images: t.arg({ type: t.arg.listRef(t.arg.listRef('Float')), required: true }),
      epoch: t.arg.int(),
    },
    complexity: ({ images }) => weighModel(images.length),
    resolve: async (_, { runId, images, epoch = null }, { lab, client, signal }) =>
      lab.models.apply({ run: await lab.runs.requireRun(runId), epoch, direction: 'encode', rows: images }, { client, signal }),
  }),
}))
