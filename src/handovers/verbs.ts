export { handoverVerbs } from './handlers/lists.js'
