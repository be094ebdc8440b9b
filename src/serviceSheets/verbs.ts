import { bindVerbs } from './handlers/binds.js'
import { sheetVerbs } from './handlers/sheets.js'

export const serviceSheetVerbs = { ...sheetVerbs, ...bindVerbs }
