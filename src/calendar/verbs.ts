export { calendarHandlers as calendarVerbs } from './handlers.js'
