import { doesNotHold, experiment, formula, heading, holds, holdsForSome, live, type Section, text } from '../Section.js'

export const principalComponents: Section = {
  id: 'principal-components',
  title: 'Principal components',
  lead: 'The best that a linear map can do with a few numbers is known, and can be solved for. Every autoencoder of this chapter is measured against it.',
  parts: [
    text(
      '[Principal component analysis](term:pca) looks for few directions along which the data varies most. An example is told by how far it goes along each of them, and is drawn again by going as far from the mean image.',
    ),
    formula(
      'f(\\mathbf{x}) = \\mathbf{D}^{\\top}(\\mathbf{x} - \\boldsymbol{\\mu}), \\qquad r(\\mathbf{x}) = \\boldsymbol{\\mu} + \\mathbf{D}\\mathbf{D}^{\\top}(\\mathbf{x} - \\boldsymbol{\\mu})',
      ['\\boldsymbol{\\mu}', 'the mean of all examples'],
      ['\\mathbf{D}', 'a matrix with one direction a column, at right angles to each other and of length one'],
      ['f', 'the encoder: projections onto the directions'],
      ['r', 'the reconstruction: back from the projections'],
    ),
    text(
      'Which directions are best? Those with the smallest squared error over all examples. The answer needs no training: it is the singular value decomposition of the centred data, and the columns of $\\mathbf{D}$ are the eigenvectors of its covariance with the largest eigenvalues. Each component has the largest variance that is left once those before it are taken away.',
    ),
    live(
      'principalAxes',
      'Drag the points. The lines are the two principal components, as long as two standard deviations; the thin lines show where each point is projected to by the first.',
    ),
    text('With 784 pixels the same is done in 784 dimensions. What is left of a digit when 128, 32 or 2 numbers tell it?'),
    experiment('pca'),
    heading('Learned instead of solved for'),
    text(
      'A linear encoder followed by a linear decoder has the same task, and can be trained by gradient steps as any network. Nothing tells it about variances or eigenvectors.',
    ),
    experiment('pca-plane', {
      ask: 'A linear autoencoder with one code unit is trained on points of the plane. Where will the line lie that it maps them to?',
      claim: 'along-the-component',
      answers: [doesNotHold('Somewhere else: it knows nothing of variances'), holds('Along the first principal component, within 3°')],
    }),
    heading('A yardstick'),
    text(
      'From here on an error means little by itself. Beside each of them stands that of PCA with as many components as the code has units: fitted to the same examples, clipped to the range of pixels where the model is. To be ahead of it takes something that is not linear.',
    ),
    experiment('linear-sweep', {
      ask: 'Six linear autoencoders, from 64 code units down to 2, are trained by gradient steps. Do their test errors come within 2 % of those of PCA?',
      claim: 'error-of-pca',
      answers: [holdsForSome('For some code sizes'), holds('For all of them'), doesNotHold('For none of them')],
    }),
    experiment('linear', {
      ask: 'Trained for long enough, can the error of a linear autoencoder fall below that of PCA?',
      claim: 'error-of-pca',
      answers: [doesNotHold('Yes, or it stays clearly above'), holds('No, it comes down to it and stays there')],
    }),
  ],
}
