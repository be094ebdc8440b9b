/** The names that a mini-program's scripts find everywhere. */
import type { Instance } from './engine/nodes.js'

declare global {
  function getCurrentPages(): Instance[]
}
