import { Application } from './application.js'

export const applicationEntities = [Application]
