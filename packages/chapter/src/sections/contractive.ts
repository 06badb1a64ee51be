import { doesNotHold, experiment, formula, heading, holds, live, network, type Section, text } from '../Section.js'

export const contractive: Section = {
  id: 'contractive',
  title: 'Contractive autoencoders',
  lead: 'Ask the code directly to answer little to small changes. What it still answers to must be worth its price: the ways in which the examples differ.',
  parts: [
    text(
      'A [contractive](term:contractive) autoencoder has the squared norm of the encoder’s [Jacobian](term:jacobian) in its objective: how much all code units together answer to a small change of each pixel.',
    ),
    formula(
      'L(\\mathbf{x}, g(f(\\mathbf{x}))) + \\lambda \\left\\lVert \\frac{\\partial f(\\mathbf{x})}{\\partial \\mathbf{x}} \\right\\rVert_F^2',
      ['\\frac{\\partial f(\\mathbf{x})}{\\partial \\mathbf{x}}', 'the Jacobian of the encoder: one row a code unit, one column a pixel'],
      ['\\lVert \\cdot \\rVert_F^2', 'the sum of the squares of its entries'],
      ['\\lambda', 'the weight of the penalty'],
    ),
    text(
      'The penalty alone would make the code constant. The error works against it: examples have to be told apart. So the code goes on answering to the few directions that tell them apart, and resists all others. No noise is drawn, and the gradient is exact.',
    ),
    network('contractive', 'The penalty acts on the encoder’s Jacobian.', 'λ = 10'),
    live(
      'contraction',
      'Points within the dashed ring are taken into the green one. With a penalty the ring flattens onto the circle: what tells examples apart is kept, the rest is not. The decoder has the encoder’s weights.',
    ),
    text(
      'There is a cheap way to a small Jacobian: a code of a hundredth of the size, and a decoder with weights a hundred times as large. The lab therefore also shows the norm over the spread of the codes, which a change of scale leaves alone.',
    ),
    experiment('contractive', {
      ask: 'With λ = 10 the Jacobian’s norm falls. Is all of that a smaller scale of the code?',
      claim: 'smaller-scaled-norm',
      answers: [holds('No: freed of the scale it is more than 1.5 times smaller, too'), doesNotHold('Yes, almost all of it')],
    }),
    heading('Denoising or contractive?'),
    text(
      'Both make the map resist small changes. A denoising autoencoder looks at the whole reconstruction, a contractive one at the code alone. The first is simpler to write. The second has a gradient without chance in it, so that optimizers like L-BFGS can be used, which take few, long steps and need the same objective each time.',
    ),
    experiment('dae-cae', {
      ask: 'Which of the two makes the whole reconstruction resist small changes more?',
      claim: 'whole-resists',
      answers: [doesNotHold('The contractive one, or both alike'), holds('The denoising one')],
    }),
  ],
}
