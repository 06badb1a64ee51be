import { doesNotHold, experiment, formula, holds, network, type Section, text } from '../Section.js'

export const autoencoders: Section = {
  id: 'autoencoders',
  title: 'What an autoencoder is',
  lead: 'Two networks with a code between them: one writes down what it sees in a few numbers, the other draws it again from these numbers alone.',
  parts: [
    text(
      'An [autoencoder](term:autoencoder) is a feed-forward network whose target is its own input. It has two halves. The [encoder](term:encoder) turns an example into its [code](term:code), the [decoder](term:decoder) turns the code into a [reconstruction](term:reconstruction).',
    ),
    formula(
      '\\mathbf{z} = f(\\mathbf{x}), \\qquad \\mathbf{r} = g(\\mathbf{z}), \\qquad L(\\mathbf{x}, \\mathbf{r}) = \\tfrac{1}{p} \\lVert \\mathbf{x} - \\mathbf{r} \\rVert_2^2',
      ['\\mathbf{z}', 'the code, a short list of numbers'],
      ['\\mathbf{r}', 'the reconstruction'],
      ['p', 'the number of values of an example, 784 of a digit'],
      ['L', 'the loss, here the mean squared error of a pixel'],
    ),
    network('demo', 'The network of the first experiment: 784 pixels, a code of 32 numbers, 784 pixels again.'),
    text(
      'Both halves are trained together, by the same steps as any other network: the loss of a batch, its gradient, a small step against it. No label is seen. The goal is not the reconstruction, which is known before, but the code: if 32 numbers are enough to draw a digit again, they must say what matters about it.',
    ),
    experiment('demo', {
      ask: 'After a few passes over the training images, will the error be more than a tenth below that of PCA with 32 components?',
      claim: 'below-pca',
      answers: [holds('Yes: the network is not linear'), doesNotHold('No: PCA is the best there is with 32 numbers')],
    }),
  ],
}
