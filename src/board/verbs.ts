import { boardHandlers } from './handlers/board.js'

export const boardVerbs = { ...boardHandlers }
