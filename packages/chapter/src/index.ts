export { chapter } from './chapter.js'
export {
  type Answer,
  type LiveFigure,
  liveFigures,
  type Outcome,
  type Part,
  type Question,
  type Section,
  type SymbolMeaning,
} from './Section.js'
