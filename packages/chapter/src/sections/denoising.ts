import { doesNotHold, experiment, formula, heading, holds, holdsForSome, live, network, type Section, text } from '../Section.js'

export const denoising: Section = {
  id: 'denoising',
  title: 'Denoising autoencoders',
  lead: 'Spoil the input and ask for the original. A wire is no solution any more, whatever the size of the code: the network has to know what data looks like.',
  parts: [
    text(
      'A [denoising](term:denoising) autoencoder sees a spoilt example and is scored by the clean one. It takes two lines of code more than a plain autoencoder: one that [corrupts](term:corruption) the input, and one that keeps the original as target.',
    ),
    formula(
      '\\tilde{\\mathbf{x}} \\sim C(\\tilde{\\mathbf{x}} \\mid \\mathbf{x}), \\qquad L(\\mathbf{x}, g(f(\\tilde{\\mathbf{x}})))',
      ['C', 'the corruption: for example noise added to every pixel, or pixels set to zero'],
      ['\\tilde{\\mathbf{x}}', 'the corrupted example, drawn anew each time'],
      ['L', 'the loss, between the clean example and the reconstruction of the corrupted one'],
    ),
    network('denoising-sweep', 'The corruption acts on the input alone; the loss compares with the clean image.', 'z = 64'),
    heading('Encode MNIST with a denoising autoencoder'),
    text(
      'In the lecture’s experiment each pixel is moved by uniform noise, and codes from 1,568 units, twice as many as pixels, down to 8 learn to take it away. To be fair to linear methods, they see the same spoilt images: PCA of them, a Wiener filter, and a median filter.',
    ),
    experiment('denoising-sweep', {
      ask: 'Is each of the seven networks, from 1,568 code units down to 8, ahead of the best linear filter?',
      claim: 'ahead-of-linear',
      answers: [holds('Each of them'), holdsForSome('Some of them'), doesNotHold('None')],
    }),
    experiment('noise-sweep', {
      ask: 'Noise of ±2 on pixels between 0 and 1: no eye can tell the digit. Is the network still more than 4 dB ahead of a median filter?',
      claim: 'beyond-the-eye',
      answers: [doesNotHold('No, the digit is gone'), holds('Yes, digits come back')],
    }),
    experiment('corruptions', {
      ask: 'Against which kind of corruption is the lead over a median filter smallest?',
      claim: 'least-with-salt-and-pepper',
      answers: [holds('Salt and pepper, which that filter is made for'), doesNotHold('One of the others')],
    }),
    text(
      'How much noise can one network take? This one has a hidden layer of 192 ReLUs each way and a code of 64 numbers, and was trained with Gaussian noise of one strength, σ = 0.5. Give it more than it knows, or less.',
    ),
    live('noise', 'Ten test digits. Without any noise it changes them nevertheless: it takes a part of every image for noise.'),
    heading('Arrows to the data'),
    text(
      'To mend a spoilt example is to move it back to where the data is. The best guess that minimizes the squared error is the mean of all clean examples that could have given the spoilt one, so the step from $\\tilde{\\mathbf{x}}$ to its reconstruction points to where data is dense. At every place of the space there is such a step: a [vector field](term:vector-field), which can be drawn where the space is a plane.',
    ),
    formula(
      '\\mathbf{v}(\\mathbf{x}) = g(f(\\mathbf{x})) - \\mathbf{x}',
      ['\\mathbf{v}', 'the step that the autoencoder takes from a place'],
      ['\\mathbf{x}', 'any place of the space, whether there is data or not'],
    ),
    experiment('vector-field', {
      ask: 'Beside a circle, two moons and spirals: do the arrows point to the curve, with a mean cosine above 0.75?',
      claim: 'towards-the-curve',
      answers: [holdsForSome('On some of the data sets'), doesNotHold('On none'), holds('On all of them')],
    }),
    text('One arrow leads only a part of the way. Give the reconstruction back to the network, and again: the point walks to the data.'),
    live('circleField', 'Press anywhere. The network was trained on points around a circle, moved by Gaussian noise of σ = 0.2.'),
  ],
}
