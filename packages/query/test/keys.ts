import { KeyBook, type QueryKey } from '../src/index.js'

const key = (name: string, rest: Partial<QueryKey> = {}): QueryKey => ({ name, title: name, aliases: [], type: 'NUMBER', ...rest })

/** Keys as a lab has them. */
export const keys: readonly QueryKey[] = [
  key('name', { type: 'TEXT' }),
  key('status', { type: 'TEXT', words: ['QUEUED', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] }),
  key('created', { type: 'DATE', title: 'Launched' }),
  key('tag', { type: 'TEXT' }),
  key('experiment', { type: 'TEXT' }),
  key('dataset', { type: 'TEXT' }),
  key('config.data.dataset', { type: 'TEXT' }),
  key('model.codeSize', { title: 'Code size', aliases: ['z'] }),
  key('config.optimizer.kind', { title: 'Optimizer', aliases: ['optimizer'], type: 'TEXT' }),
  key('config.optimizer.learningRate', { title: 'Learning rate', aliases: ['lr'] }),
  key('config.training.epochs', { title: 'Epochs' }),
  key('config.training.pretraining.epochs', { title: 'Epochs of pretraining' }),
  key('config.width', { type: 'MIXED' }),
  key('metric.peakSignalToNoiseRatio', { title: 'PSNR', aliases: ['psnr'] }),
  key('metric.test.peakSignalToNoiseRatio', { title: 'PSNR', aliases: ['test.psnr'] }),
  key('metric.grad norm'),
]

export const book = new KeyBook(keys)
