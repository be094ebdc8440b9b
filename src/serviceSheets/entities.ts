/** The tables of service sheets. */
import { ProjectBind } from './projectBind.js'
import { ServiceSheet } from './serviceSheet.js'

export const serviceSheetEntities = [ServiceSheet, ProjectBind]
