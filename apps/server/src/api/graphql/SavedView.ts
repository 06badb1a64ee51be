import type { SavedView } from '../../generated/prisma/client.js'
import { deleteView, MAXIMUM_VIEW_NAME, MAXIMUM_VIEWS, readViews, saveView, updateView } from '../../runs/savedViews.js'
import { builder } from './builder.js'

const SavedViewType = builder.objectRef<SavedView>('SavedView').implement({
  description: 'A view of the table of runs that has a name. Everybody who uses the lab has the same.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    address: t.exposeString('address', {
      description: 'What the address of the page says, from its question mark on; empty for what the table begins with.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
})

const SavedViewChangeInput = builder.inputType('SavedViewChangeInput', {
  description: 'What a view is to be from then on; what is left out stays.',
  fields: (t) => ({ name: t.string(), address: t.string() }),
})

builder.queryField('savedViews', (t) =>
  t.field({
    type: [SavedViewType],
    description: 'By name.',
    complexity: { field: 10, multiplier: MAXIMUM_VIEWS / 10 },
    resolve: async (_, __, { lab }) => [...(await readViews(lab.database))],
  }),
)

builder.mutationFields((t) => ({
  saveView: t.field({
    type: SavedViewType,
    description: `Stores a view of the table of runs. Fails with BAD_USER_INPUT where a view has that name already, or there are ${MAXIMUM_VIEWS}.`,
    args: {
      name: t.arg.string({ required: true, description: `At most ${MAXIMUM_VIEW_NAME} characters.` }),
      address: t.arg.string({ required: true, description: 'What the address of the page says, from its question mark on.' }),
    },
    resolve: (_, view, { lab }) => saveView(lab.database, view),
  }),
  updateView: t.field({
    type: SavedViewType,
    description: 'Renames a view, or has it show something else. Fails with VIEW_NOT_FOUND.',
    args: { id: t.arg.id({ required: true }), input: t.arg({ type: SavedViewChangeInput, required: true }) },
    resolve: (_, { id, input }, { lab }) => updateView(lab.database, id, input),
  }),
  deleteView: t.field({
    type: SavedViewType,
    description: 'Deletes a view, and tells what it was. Fails with VIEW_NOT_FOUND.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, { lab }) => deleteView(lab.database, id),
  }),
}))
