import { doesNotHold, experiment, formula, heading, holds, holdsForSome, network, type Section, text } from '../Section.js'

export const regularized: Section = {
  id: 'regularized',
  title: 'Sparse autoencoders',
  lead: 'A code can be as large as one likes if something else keeps the network from copying. The first such thing is a price on being active.',
  parts: [
    text(
      'To choose a code size is to guess how many ways of varying the data has. A [regularized](term:regularizer) autoencoder does not need the guess. Its objective has a second term, which asks for a property of the code or of the map besides a small error:',
    ),
    formula(
      'L(\\mathbf{x}, g(f(\\mathbf{x}))) + \\lambda \\, \\Omega(f, \\mathbf{x})',
      ['L', 'the loss of the reconstruction'],
      ['\\Omega', 'the penalty: large where the wanted property is missing'],
      ['\\lambda', 'its weight'],
    ),
    text(
      '- A [sparse](term:sparse) autoencoder asks that few code units are active for an example.\n- A [denoising](term:denoising) one asks that spoilt examples are mended.\n- A [contractive](term:contractive) one asks that the code answers little to small changes of the example.\n\nWith any of them an overcomplete code can say something about the data.',
    ),
    heading('Few units at a time'),
    text(
      'In a sparse autoencoder each unit stands for something that few images have, and is silent otherwise. The penalty is either the sum of all activations, or the divergence of each unit’s mean activation from a small target.',
    ),
    formula(
      '\\Omega = \\sum_{j} \\rho \\log \\frac{\\rho}{\\hat\\rho_j} + (1 - \\rho) \\log \\frac{1 - \\rho}{1 - \\hat\\rho_j}',
      ['\\rho', 'the target, for example 0.05'],
      ['\\hat\\rho_j', 'the mean activation of code unit j over a batch'],
    ),
    network('sparse', 'More code units than pixels; the penalty acts on the code.', 'KL, target 0.05'),
    experiment('sparse', {
      ask: 'Of 1,024 code units, how many are on for one digit once there is a penalty?',
      claim: 'few-on',
      answers: [
        holds('Less than a quarter, with each of the three penalties'),
        holdsForSome('Less than a quarter, with some of them'),
        doesNotHold('More than a quarter'),
      ],
    }),
  ],
}
