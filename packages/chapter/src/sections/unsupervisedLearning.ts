import { formula, heading, type Section, text } from '../Section.js'

export const unsupervisedLearning: Section = {
  id: 'unsupervised-learning',
  title: 'Learning without labels',
  lead: 'Most data has no labels. What can be learned from it is its structure: how examples vary, which of them are alike, and which could have been there but are not.',
  parts: [
    text(
      'A classifier learns from pairs: an image, and the digit that it shows. Take the labels away and only the images are left, $\\mathbf{x}^{(1)}, \\dots, \\mathbf{x}^{(n)}$, each of them 784 pixels. There is far more data of this kind, and four things are commonly asked of it.',
    ),
    text(
      '- **Groups.** Which examples belong together? *k*-means finds [clusters](term:cluster) without having seen a class.\n- **Fewer dimensions.** How few numbers tell an image well enough to draw it again? The answer compresses images, and makes pictures of a data set that fit a plane.\n- **Features.** Which numbers are worth knowing about an example, so that a classifier needs few labels afterwards?\n- **A density.** How likely is an image? Who knows that can draw new ones, and fill in what is missing from others.',
    ),
    text(
      'An [autoencoder](term:autoencoder) has a part in all four. It is trained on one task that needs no label: give back what went in.',
    ),
    formula(
      '\\mathbf{r} = g(f(\\mathbf{x})), \\qquad \\text{minimize } L(\\mathbf{x}, \\mathbf{r})',
      ['\\mathbf{x}', 'an example, here the 784 pixels of an image'],
      ['f', 'the encoder, which makes a code z of the example'],
      ['g', 'the decoder, which makes a reconstruction of the code'],
      ['\\mathbf{r}', 'the reconstruction'],
      ['L', 'the loss: how far the reconstruction is from the example'],
    ),
    text(
      'Taken by itself the task is trivial: a wire solves it. Everything in this chapter is about what is put in the way of the wire. The code may be too narrow for a copy, its values may cost something, or the input may be spoilt before it is seen. What a network learns in order to get around such an obstacle is what we are after.',
    ),
    heading('Why there is something to find'),
    text(
      'An image of 784 random pixels looks like noise, however often one draws. Images of digits fill a tiny part of the space of all images, and they hang together: a digit can be made bolder, moved or slanted by small steps, and stays a digit all the way. The idea that data lies near such a connected set of few dimensions is called the [manifold](term:manifold) hypothesis. It need not be true. For images, sound and text it seems to be so, at least roughly.',
    ),
  ],
}
