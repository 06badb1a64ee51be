import { doesNotHold, experiment, formula, heading, holds, holdsForSome, network, type Section, text } from '../Section.js'

export const generative: Section = {
  id: 'generative',
  title: 'Generative models',
  lead: 'A decoder makes an image of any code. To draw images that nobody wrote, one has to know which codes to give it.',
  parts: [
    heading('The loss as a likelihood'),
    text(
      'A decoder’s output can be read as the mean of a distribution over images. Then the loss is the negative logarithm of the likelihood of the example. Linear outputs as means of Gaussian pixels give the squared error; logistic outputs as probabilities of black and white give the cross-entropy.',
    ),
    experiment('likelihoods', {
      ask: 'Trained by cross-entropy, the Bernoulli model never sees a squared error. Is its squared error nevertheless the smaller one, by more than 5 %?',
      claim: 'smaller-error',
      answers: [doesNotHold('No: the other one was trained on it'), holds('Yes')],
    }),
    heading('A variational autoencoder'),
    text(
      'In a [variational](term:variational) autoencoder the encoder, too, gives a distribution: a Gaussian over codes for each example. A code is drawn from it, and decoded. A second term keeps all these Gaussians close to one [prior](term:prior), a standard normal distribution, so that codes drawn from the prior land where the decoder has been trained.',
    ),
    formula(
      '\\mathbb{E}_{q(\\mathbf{z} \\mid \\mathbf{x})} \\left[ -\\log p(\\mathbf{x} \\mid \\mathbf{z}) \\right] + \\beta \\, D_{\\mathrm{KL}} \\left( q(\\mathbf{z} \\mid \\mathbf{x}) \\,\\Vert\\, p(\\mathbf{z}) \\right)',
      ['q(\\mathbf{z} \\mid \\mathbf{x})', 'the encoder’s distribution over codes of an example'],
      ['p(\\mathbf{x} \\mid \\mathbf{z})', 'the decoder’s distribution over images of a code'],
      ['p(\\mathbf{z})', 'the prior: a standard normal distribution'],
      ['D_{\\mathrm{KL}}', 'the Kullback-Leibler divergence: how far one distribution is from another'],
      ['\\beta', 'the weight of the divergence; 1 makes this a bound on the likelihood'],
    ),
    network('variational', 'The encoder gives a mean and a standard deviation for each code unit, and the code is drawn.'),
    experiment('variational'),
    experiment('beta', {
      ask: 'β grows from 1/4 to 16. Does each larger β, from 1 on, make more code units collapse onto the prior and carry nothing?',
      claim: 'units-collapse',
      answers: [holds('Yes, each time'), holdsForSome('At some of the steps'), doesNotHold('No')],
    }),
    heading('Filling in'),
    text(
      'A model that knows how digits are distributed can fill in what is missing. Encode the half image, decode, keep the known half, and go round again: the missing half settles on something that goes with the rest.',
    ),
    experiment('inpainting', {
      ask: 'The lower half is missing. Is the mean of what a variational autoencoder fills in closer to the truth than the mean image is, with less than 0.8 times its error?',
      claim: 'variational-closer',
      answers: [holds('Yes'), doesNotHold('No: the mean image is the safest guess')],
    }),
  ],
}
