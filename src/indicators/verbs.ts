export { indicatorVerbs } from './handlers.js'
