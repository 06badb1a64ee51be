import { doesNotHold, experiment, holds, holdsForSome, type Section, text } from '../Section.js'

export const pretraining: Section = {
  id: 'pretraining',
  title: 'Unsupervised pretraining',
  lead: 'A deep classifier with few labels has to start somewhere. Autoencoders, stacked on each other, can give it weights that already know the images.',
  parts: [
    text(
      'Train an autoencoder with one hidden layer on images. Take its codes as data, and train the next one on them, and so on: a [stacked](term:stacked) autoencoder, each layer learned by itself. Its encoders make a deep network, on which a classifier is set and trained with the labels that there are.',
    ),
    text(
      'Around 2006 this was how deep networks were trained at all: gradients fade on their way through many layers, and a good start saved them from the way. ReLUs, normalization and better initial weights have since made it unnecessary for that purpose. What remains is the other half of the idea: where labels are few and images many, what was learned without labels can help.',
    ),
    experiment('pretraining', {
      ask: 'Only 1,000 digits have labels. Is the test error lower with pretraining than from random weights, for each of five seeds?',
      claim: 'lower-test-error',
      answers: [holdsForSome('For some of the seeds'), holds('For every seed'), doesNotHold('For none')],
    }),
  ],
}
