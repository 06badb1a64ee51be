import { doesNotHold, experiment, heading, holds, holdsForSome, live, network, type Section, text } from '../Section.js'

export const undercomplete: Section = {
  id: 'undercomplete',
  title: 'Codes that are too small, and too large',
  lead: 'The plainest way to keep a network from copying is to leave it no room. How little room is too little, and what happens where there is plenty?',
  parts: [
    text(
      'An autoencoder whose code has fewer units than the input has values is called [undercomplete](term:undercomplete). It cannot copy, so it has to choose: what does it keep of a digit, and what does it drop?',
    ),
    heading('Learn to encode MNIST'),
    text(
      'The lecture’s experiment is as plain as it can be: no hidden layer, a code of 784 numbers, then of 256, 64, 32, and on down to a single one. Each size is a network of its own, trained from the start.',
    ),
    network('undercomplete-sweep', 'With 8 code units: every code unit sees every pixel, and every pixel every code unit.', 'z = 8'),
    experiment('undercomplete-sweep', {
      ask: 'What is left of the digits where a single number tells them?',
      claim: 'one-number',
      answers: [
        holds('Hardly more than the mean image'),
        doesNotHold('The digit itself can still be told: ten places on a line are enough'),
      ],
    }),
    text(
      'Squeeze the code yourself. These are nine networks of the lecture’s kind, each trained by itself on all training digits; their weights, rounded to 8 bits, came with this page.',
    ),
    live('codeSizes', 'Ten digits that none of the networks was trained on.'),
    text('One of these sizes can be looked at closely, with every measurement that the lab has.'),
    experiment('undercomplete', {
      ask: 'With 32 numbers instead of 784, do the digits stay legible (an SSIM above 0.75)?',
      claim: 'legible',
      answers: [doesNotHold('No'), holds('Yes')],
    }),
    heading('Depth'),
    text(
      'Without a hidden layer the encoder is one matrix and a squashing function, not much more than PCA has. Two hidden layers each way let code and image bend: a digit’s slant can be one number, though it moves every pixel.',
    ),
    network('undercomplete-deep-sweep', 'Two hidden layers of ReLUs each way, and a code of 8 units.', 'z = 8'),
    experiment('undercomplete-deep-sweep', {
      ask: 'At which code sizes, from 64 down to 1, is a deep autoencoder more than 5 % below the error of PCA?',
      claim: 'below-pca',
      answers: [holdsForSome('At some of them only'), doesNotHold('At none'), holds('At every one')],
    }),
    heading('Too much room'),
    text(
      'A code with as many units as there are pixels, or more, is [overcomplete](term:overcomplete). Now a wire is possible again, and the network has no reason to do anything else: a linear autoencoder finds two matrices whose product is the identity. How can one tell whether it has learned digits, or just to copy? Train it on something that has no structure at all, and show it digits.',
    ),
    experiment('overcomplete', {
      ask: 'An overcomplete autoencoder has learned images of pure noise. What does it make of noise that is drawn anew, and of which nothing could be learned?',
      claim: 'copies-new-noise',
      answers: [doesNotHold('Something else: it never saw these images'), holds('The same noise, almost to the last pixel')],
    }),
    heading('Too much power'),
    text(
      'A narrow code alone is no guarantee either. An encoder that is powerful enough could number the training images, and a decoder could learn the images by heart: a code of one unit would do for all of them, and would say nothing about digits. Whether a network gets there depends on how many images it has to remember.',
    ),
    experiment('powerful', {
      ask: 'A deep autoencoder with one code unit has learned ten images by heart. What does it make of a new one?',
      claim: 'new-become-stored',
      answers: [holds('Mostly one of the ten'), doesNotHold('Mostly something of its own')],
    }),
  ],
}
