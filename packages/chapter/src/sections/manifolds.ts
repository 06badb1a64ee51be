import { doesNotHold, experiment, formula, heading, holds, holdsForSome, live, network, type Section, text } from '../Section.js'

export const manifolds: Section = {
  id: 'manifolds',
  title: 'Learning manifolds',
  lead: 'Two forces act on an autoencoder: it must be able to draw its examples again, and it has too little room for everything. What is left are the ways in which examples differ.',
  parts: [
    text(
      'If data lies near a [manifold](term:manifold) of few dimensions, the variations that must be told are those along it. A code that answers to them, and to nothing else, is a set of coordinates of the manifold, which nobody has given to the network.',
    ),
    heading('Points, to see it happen'),
    text(
      'Two half moons in the plane are a manifold of one dimension. PCA can lay a line through them. An autoencoder with one code unit can lay a curve.',
    ),
    experiment('two-moons', {
      ask: 'Three autoencoders with one code unit start from different random weights. How many find a curve with less than 0.3 times the error of PCA’s line?',
      claim: 'curve',
      answers: [doesNotHold('None'), holdsForSome('One or two'), holds('All three')],
    }),
    heading('Digits in the plane'),
    text('With a code of two units, every digit becomes a point of a plane, and every point of the plane an image.'),
    network('deep-2d', 'A deep autoencoder with a code of two units.'),
    experiment('deep-2d', {
      ask: 'No label was seen in training. Are the kinds of digits easier to tell apart in this plane than in that of the first two principal components?',
      claim: 'kinds-gather',
      answers: [holds('Yes, clearly'), doesNotHold('Hardly, or not at all')],
    }),
    heading('Tangent planes'),
    text(
      'Near one of its points a manifold looks flat. The flat piece is the [tangent](term:tangent-direction) plane: all directions in which an example can be changed a little and stays one of its kind. A decoder knows them. They are the columns of its Jacobian, the directions in which the image moves when a code unit does.',
    ),
    formula(
      '\\mathbf{J}_g(\\mathbf{z}) = \\frac{\\partial g(\\mathbf{z})}{\\partial \\mathbf{z}} = \\mathbf{U} \\boldsymbol{\\Sigma} \\mathbf{V}^{\\top}',
      ['\\mathbf{J}_g(\\mathbf{z})', 'the Jacobian of the decoder at a code: one column a code unit'],
      ['\\mathbf{U}', 'orthogonal directions in the space of images: the tangent vectors'],
      ['\\boldsymbol{\\Sigma}', 'how far the image moves along each of them'],
      ['\\mathbf{V}', 'the directions of the code that belong to them'],
    ),
    text('With a code of one unit the manifold is a curve, and the Jacobian has one column: the direction in which the curve goes on.'),
    live(
      'tangent',
      'The thin line is the curve that one autoencoder laid through two moons. A point is taken to the place of the curve that has its code, which need not be the nearest one.',
    ),
    experiment('tangents', {
      ask: 'On a circle, an autoencoder with two code units has one more than it needs. Does the decoder reach the whole plane there, and not only the direction along the circle?',
      claim: 'whole-plane',
      answers: [holdsForSome('From some random weights'), holds('Yes, from all'), doesNotHold('No, never')],
    }),
    heading('In one dimension'),
    text(
      'An autoencoder of single numbers is a function $r(x)$ that can be drawn. Where it runs along the diagonal it copies. Where it is flat it resists: a small change of the example changes nothing of the reconstruction.',
    ),
    experiment('line', {
      ask: 'Of two autoencoders of the same size one is trained on clean points, the other has to take noise away. Is r(x) of the second one flat where the data lies?',
      claim: 'resists',
      answers: [doesNotHold('No, it runs along the diagonal as well'), holds('Yes, its slope there is below 0.3')],
    }),
  ],
}
